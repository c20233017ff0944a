import { spawnSync } from 'node:child_process';
import { run } from './run';
import { processTerminal } from './terminal';

/** Set for the process that reads a data folder. */
const READER = 'TOLLGATE_AUDIT_READER';
const argv = process.argv.slice(2);

/** `tollgate teams list | head` closes the pipe early; that is no fault. */
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
});

/**
 * The storage engine ends its process when the structure of a file leads nowhere. So a data folder
 * is read by a process of its own, and its end becomes a sentence.
 */
function auditApart(): number {
  const { status, signal } = spawnSync(
    process.execPath,
    [...process.execArgv, __filename, ...argv],
    {
      stdio: 'inherit',
      env: { ...process.env, [READER]: '1' },
    },
  );
  if (status !== null) return status;
  const why = `its files are damaged so that reading them ended with ${String(signal)}`;
  process.stderr.write(`error: the data folder can't be audited: ${why}\n`);
  return 1;
}

/** By the rules of `audit/place.ts`, told before anything is loaded. */
function readsServers(): boolean {
  const isTyped = (option: string): boolean => argv.some((word) => word.startsWith(option));
  if (isTyped('--eventstoredb')) return true;
  return (process.env['TOLLGATE_EVENTSTOREDB'] ?? '') !== '' && !isTyped('--data');
}

if (argv.includes('audit') && process.env[READER] === undefined && !readsServers()) {
  process.exitCode = auditApart();
} else {
  void run(argv, processTerminal).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
