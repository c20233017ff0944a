import { errorOfRejection, teamStream } from '@tollgate/contracts';
import type { TeamCommand, TeamKind } from '@tollgate/domain';
import type { Accepted, CommandLog } from '@tollgate/ports';
import type { KnownKeys } from '../http/known-keys';
import type { FreshReads } from '../reads/fresh-reads';
import { Gate } from './gate';

/** The way to the writer of teams. */
export class CommandGate extends Gate<TeamKind> {
  constructor(
    commands: CommandLog,
    reads: FreshReads,
    private readonly keys: KnownKeys,
  ) {
    super(commands, reads, {
      keyOf: ({ teamId }) => teamId,
      streamOf: ({ teamId }) => teamStream(teamId),
      errorOf: errorOfRejection,
    });
  }

  /**
   * As {@link accept}, and answers once reads show it. Keys are looked up in the read models: a
   * new one should work at once, a revoked one no more. @throws as accept.
   */
  async acceptAndShow(command: TeamCommand): Promise<Accepted> {
    const accepted = await this.accept(command);
    // What was accepted must not be answered with an error because a read model is away.
    await this.reads.wait(teamStream(command.teamId)).catch(() => undefined);
    this.keys.forgetAll();
    return accepted;
  }
}
