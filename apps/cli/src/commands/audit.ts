import type { Command } from 'commander';
import { addEventStore, addRedis, placeOf } from '../audit/place';
import { replay } from '../audit/replay';
import { verify } from '../audit/verify';
import { Context } from '../context';
import { parseTime } from '../time';
import type { Terminal } from '../terminal';

interface ReplayOptions {
  readonly team: string;
  readonly at: number;
}

export function addAudit(program: Command, terminal: Terminal): void {
  const audit = program
    .command('audit')
    .description(
      'recompute every number from the log of a data folder or an event store; never writes',
    );
  addRedis(addEventStore(audit.command('verify')))
    .description('check the log and the read models; exit code 1 when anything differs')
    .action(async (_: object, command: Command) => {
      await verify(new Context(command, terminal), placeOf(command));
    });
  addEventStore(audit.command('replay'))
    .description('every number of a team as of a time')
    .requiredOption('--team <team>', 'id of the team')
    .requiredOption('--at <time>', 'such as 2026-01-31T18:30:00Z; without a zone, UTC', parseTime)
    .action(async (options: ReplayOptions, command: Command) => {
      await replay(new Context(command, terminal), placeOf(command), options);
    });
}
