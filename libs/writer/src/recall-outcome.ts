import { decodeEvent } from '@tollgate/contracts';
import type { EventMetadata } from '@tollgate/domain';
import { LogCorrupt, type Accepted } from '@tollgate/ports';
import type { WritableKind } from './aggregate';
import type { EventLookup } from './event-lookup';

/** The answer that a command got when it was accepted first, read from its events. */
export async function recallOutcome<Kind extends WritableKind>(
  revision: number,
  streamRevision: number,
  lookup: EventLookup,
): Promise<Accepted<Kind>> {
  const events: Kind['event'][] = [];
  let first: EventMetadata | undefined;
  for (let next = revision; ; next += 1) {
    const recorded = await lookup.at(next);
    if (recorded === undefined) break;
    const { event, metadata } = decodeEvent(recorded);
    first ??= metadata;
    if (metadata.commandId !== first.commandId || metadata.at !== first.at) break;
    events.push(event as Kind['event']);
  }
  if (first === undefined) throw new LogCorrupt(lookup.stream, revision, 'the event is missing');
  const { commandId, at } = first;
  return { status: 'accepted', events, commandId, at, streamRevision, isRepeat: true };
}
