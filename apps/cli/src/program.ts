import { Command } from 'commander';
import { addAudit } from './commands/audit';
import { addKeys } from './commands/keys';
import { addSubAccounts } from './commands/sub-accounts';
import { addTeams } from './commands/teams';
import { addTopUp } from './commands/top-up';
import { addSettings } from './settings';
import type { Terminal } from './terminal';

/** The whole command line, bound to a terminal. Throws instead of ending the process. */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command('tollgate')
    .description('Works with a Tollgate server over its API, and audits what a system stores.')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(--help says what may be given)')
    .exitOverride();
  addSettings(program);
  addTeams(program, terminal);
  addTopUp(program, terminal);
  addKeys(program, terminal);
  addSubAccounts(program, terminal);
  addAudit(program, terminal);
  return program;
}
