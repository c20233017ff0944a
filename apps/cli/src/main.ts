import { run } from './run';
import { processTerminal } from './terminal';

/** `tollgate teams list | head` closes the pipe early; that is no fault. */
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
});

void run(process.argv.slice(2), processTerminal).then((exitCode) => {
  process.exitCode = exitCode;
});
