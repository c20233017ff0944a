import { decodeEvent, teamStream } from '@tollgate/contracts';
import type { EventMetadata, TeamEvent } from '@tollgate/domain';
import { LogCorrupt, type EventReader, type Outcome } from '@tollgate/ports';

/** The answer that a command got when it was accepted first, read from its events. */
export async function recallOutcome(
  teamId: string,
  revision: number,
  teamRevision: number,
  log: EventReader,
): Promise<Outcome> {
  const stream = teamStream(teamId);
  const events: TeamEvent[] = [];
  let first: EventMetadata | undefined;
  reading: for await (const batch of log.readStream(stream, revision)) {
    for (const recorded of batch) {
      const { event, metadata } = decodeEvent(recorded);
      first ??= metadata;
      if (metadata.commandId !== first.commandId) break reading;
      events.push(event as TeamEvent);
    }
  }
  if (first === undefined) throw new LogCorrupt(stream, revision, 'the event is missing');
  const { commandId, at } = first;
  return { status: 'accepted', events, commandId, at, teamRevision, isRepeat: true };
}
