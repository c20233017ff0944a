import { randomUUID } from 'node:crypto';
import type { EventLog, EventToAppend, RecordedEvent } from '@tollgate/ports';

/** An event log that a contract suite may write to; it need not be empty. */
export interface EventLogUnderTest {
  readonly log: EventLog;
  /** Closes the log and opens what it kept; absent when nothing outlives the log. */
  readonly reopen?: () => Promise<EventLog>;
  readonly close: () => Promise<void>;
}

export type CreateEventLog = () => Promise<EventLogUnderTest>;

/** Names that no other test uses, so that the suites also run against a shared log. */
export const newStream = (): string => `team-${randomUUID()}`;

/** Events named e{first}, e{first + 1}, … */
export function someEvents(count: number, first = 0): readonly EventToAppend[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `e${first + index}`,
    type: 'SomethingHappened',
    data: `{"n":${first + index}}`,
    metadata: `{"at":${first + index}}`,
  }));
}

/** Position of an event that is appended now; everything later is above it. */
export async function markEnd(log: EventLog): Promise<number> {
  return (await log.append(newStream(), -1, someEvents(1))).position;
}

export async function collect(
  batches: AsyncIterable<readonly RecordedEvent[]>,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of batches) events.push(...batch);
  return events;
}

export const idsOf = (events: readonly RecordedEvent[]): readonly string[] =>
  events.map((event) => event.id);

export const revisionsOf = (events: readonly RecordedEvent[]): readonly number[] =>
  events.map((event) => event.revision);

/** The whole numbers from `first` on. */
export const countUp = (count: number, first = 0): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** True when each position is above the one before it. */
export function isInLogOrder(events: readonly RecordedEvent[]): boolean {
  return events.every((event, index) => index === 0 || event.position > positionBefore(index));

  function positionBefore(index: number): number {
    return events[index - 1]!.position;
  }
}
