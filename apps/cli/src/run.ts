import { CommanderError } from 'commander';
import { CommandFailure } from './failure';
import { ApiFailure } from './http/api-failure';
import { buildProgram } from './program';
import type { Terminal } from './terminal';

export const EXIT_FAILED = 1;
/** What was typed is no command. */
export const EXIT_USAGE = 2;

/** Runs one command line and returns its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = buildProgram(terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (fault) {
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : EXIT_USAGE;
    terminal.err(program.opts<{ json?: true }>().json ? jsonOf(fault) : textOf(fault));
    return EXIT_FAILED;
  }
}

function textOf(fault: unknown): string {
  if (!(fault instanceof CommandFailure)) {
    return `error: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`;
  }
  return [`error: ${fault.message}`, ...fault.hints.map((hint) => `  ${hint}`), ''].join('\n');
}

function jsonOf(fault: unknown): string {
  const message = fault instanceof Error ? fault.message : String(fault);
  const body = fault instanceof ApiFailure ? fault.body : { code: 'command_failed', message };
  return `${JSON.stringify(body)}\n`;
}
