import { createHash } from 'node:crypto';
import { ChainVerifier, decodeEvent, linkIn, teamStream } from '@tollgate/contracts';
import type { EventMetadata, TeamCommand, TeamEvent } from '@tollgate/domain';
import type {
  Accepted,
  Digest,
  EventLog,
  EventReader,
  Log,
  Outcome,
  RecordedEvent,
  Snapshots,
} from '@tollgate/ports';
import { Writer, teamAggregate, type WriterOptions } from '../src';

export const digest: Digest = {
  sha256: (data) => createHash('sha256').update(data).digest('base64url'),
};

export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

let ids = 0;

/** A command id that no other specification in this process has. */
export function nextId(): string {
  ids += 1;
  return `01STAGE${String(ids).padStart(19, '0')}`;
}

export interface StoredEvent {
  readonly event: TeamEvent;
  readonly metadata: EventMetadata;
  readonly recorded: RecordedEvent;
}

/** A writer over a log and a snapshot store that outlive it. */
export class Stage<Events extends EventLog> {
  writer: Writer;

  constructor(
    readonly events: Events,
    readonly snapshots: Snapshots,
    private readonly options: Partial<WriterOptions> = {},
  ) {
    this.writer = this.newWriter();
  }

  newWriter(options: Partial<WriterOptions> = {}): Writer {
    const { events, snapshots } = this;
    return new Writer(
      teamAggregate,
      { events, snapshots, digest, log: silent },
      { ...this.options, ...options },
    );
  }

  /** The writer is gone as by a crash, and another one takes its place. */
  restart(options: Partial<WriterOptions> = {}): void {
    this.writer = this.newWriter(options);
  }

  async send(...commands: readonly TeamCommand[]): Promise<readonly Outcome[]> {
    return this.writer.submit(commands[0]!.teamId, commands);
  }

  async sendOne(command: TeamCommand): Promise<Outcome> {
    return (await this.send(command))[0]!;
  }
}

export function accepted(outcome: Outcome | undefined): Accepted {
  if (outcome?.status === 'accepted') return outcome;
  throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
}

/** What became of each command in one word: accepted, repeated, unknown, or the refusal's code. */
export function inShort(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome.status === 'refused') return outcome.rejection.code;
    return outcome.status === 'accepted' && outcome.isRepeat ? 'repeated' : outcome.status;
  });
}

export function countOf<Item>(items: readonly Item[]): Map<Item, number> {
  const counts = new Map<Item, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Everything in a team's stream, as anybody would read it who did not write it. */
export async function storedEvents(events: EventReader, teamId: string): Promise<StoredEvent[]> {
  const stored: StoredEvent[] = [];
  for await (const batch of events.readStream(teamStream(teamId))) {
    for (const recorded of batch) {
      const { type, data, metadata: json } = recorded;
      const { event, metadata } = decodeEvent({ type, data, metadata: json });
      stored.push({ event: event as TeamEvent, metadata, recorded });
    }
  }
  return stored;
}

/** Appends of a team's stream, by the links that close them. */
export async function storedAppends(events: EventReader, teamId: string): Promise<StoredEvent[][]> {
  const appends: StoredEvent[][] = [[]];
  for (const stored of await storedEvents(events, teamId)) {
    appends[appends.length - 1]!.push(stored);
    if (linkIn(stored.recorded.metadata) !== undefined) appends.push([]);
  }
  return appends.slice(0, -1);
}

/**
 * What holds for every stream, whatever happened to its writers: links that fit, revisions without
 * gaps, times that never go back, no event id twice, no command's events over two appends.
 */
export async function expectSound(events: EventReader, teamId: string): Promise<void> {
  const stream = teamStream(teamId);
  const chain = new ChainVerifier(stream, digest.sha256);
  const stored = await storedEvents(events, teamId);
  expect(stored.filter(({ recorded }) => !chain.follow(recorded))).toEqual([]);
  expect(chain.isClosed).toBe(true);
  expect(stored.map(({ recorded }) => recorded.revision)).toEqual([...stored.keys()]);
  const times = stored.map(({ metadata }) => metadata.at);
  expect(times).toEqual([...times].sort((left, right) => left - right));
  expect(new Set(stored.map(({ recorded }) => recorded.id)).size).toBe(stored.length);
  const commandsOfAppends = (await storedAppends(events, teamId)).flatMap((append) => [
    ...new Set(append.map(({ metadata }) => metadata.commandId)),
  ]);
  expect(new Set(commandsOfAppends).size).toBe(commandsOfAppends.length);
}
