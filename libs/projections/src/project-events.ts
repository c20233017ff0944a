import {
  decodeEvent,
  idInStream,
  isContactsStream,
  isMessageStream,
  teamStream,
  type StoredDomainEvent,
} from '@tollgate/contracts';
import type { MessageEvent } from '@tollgate/domain';
import type { ProjectedEvents, RecordedEvent } from '@tollgate/ports';
import type { OpenedEvent } from './opened-events';
import { project, type ProjectableEvent } from './project';
import { WriteSet } from './write-set';

/** Digits of a position in a sort key: enough for every safe integer. */
const SORT_KEY_DIGITS = 16;

/** Revision up to which streams are shown; a stream that is not there is not shown at all. */
export type ShownRevisions = ReadonlyMap<string, number>;

/**
 * What a run of events changes, stream by stream; each stream's events must be without gaps. Of
 * a stream that is shown up to amid its events only the later ones count: a row may be written
 * by two streams (a message's is), and must not go back to what the one knew before the other.
 *
 * Only the last entry has a position, that of the last event: before it was applied, the log has
 * not been followed that far, whatever the positions of the entries before it.
 */
export function projectEvents(
  events: readonly OpenedEvent[],
  shown: ShownRevisions = new Map(),
): ProjectedEvents[] {
  const entries = [...byStream(events)].map(([stream, itsEvents]) =>
    projectStream(unshown(itsEvents, shown.get(stream) ?? -1)),
  );
  const last = entries.pop();
  if (last === undefined) return [];
  const { position } = events[events.length - 1]!;
  return [...entries, { ...last, position }];
}

/** The streams of some events, each with its group: itself, or for a message that of its team. */
export function groupsOf(events: readonly RecordedEvent[]): Map<string, string> {
  const groups = new Map<string, string>();
  for (const event of events) {
    if (!groups.has(event.stream)) groups.set(event.stream, groupOf(event));
  }
  return groups;
}

function groupOf(recorded: RecordedEvent): string {
  return isMessageStream(recorded.stream) ? teamStream(ownerOf(recorded)) : recorded.stream;
}

/** Whose an event is, see `Projectable`. */
function ownerOf(recorded: RecordedEvent): string {
  if (!isMessageStream(recorded.stream)) return idInStream(recorded.stream);
  return (decodeEvent(recorded).event as MessageEvent).data.teamId;
}

function byStream(events: readonly OpenedEvent[]): Map<string, OpenedEvent[]> {
  const streams = new Map<string, OpenedEvent[]>();
  for (const event of events) {
    const known = streams.get(event.stream);
    if (known === undefined) streams.set(event.stream, [event]);
    else known.push(event);
  }
  return streams;
}

/** All of them when all are shown: they will be skipped, and the position still counts. */
function unshown(events: readonly OpenedEvent[], revision: number): readonly OpenedEvent[] {
  const skipped = revision + 1 - events[0]!.revision;
  return skipped > 0 && skipped < events.length ? events.slice(skipped) : events;
}

function projectStream(events: readonly OpenedEvent[]): ProjectedEvents {
  const first = events[0]!;
  const last = events[events.length - 1]!;
  const into = new WriteSet();
  for (const recorded of events) projectRecorded(recorded, into);
  return {
    stream: first.stream,
    group: groupOf(first),
    firstRevision: first.revision,
    lastRevision: last.revision,
    position: 0,
    writes: into.writes(),
  };
}

function projectRecorded(recorded: OpenedEvent, into: WriteSet): void {
  const { event, metadata } = decodeEvent(recorded);
  const sortKey = String(recorded.position).padStart(SORT_KEY_DIGITS, '0');
  const ownerId = ownerOf(recorded);
  project({ event: readable(event, recorded), metadata, ownerId, sortKey }, into);
}

function readable(event: StoredDomainEvent, { stream, opened }: OpenedEvent): ProjectableEvent {
  if (!isContactsStream(stream)) return event as ProjectableEvent;
  if (opened === undefined) throw new Error('contact events are opened before they are projected');
  return opened;
}
