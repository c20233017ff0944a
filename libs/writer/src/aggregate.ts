import type { EncodedEvent, StoredDomainEvent } from '@tollgate/contracts';
import type { AggregateKind, CommandMemory, DeciderOf } from '@tollgate/domain';
import type { EventLookup } from './event-lookup';

/** What the writer can write: an aggregate whose events this release can store. */
export interface WritableKind extends AggregateKind {
  readonly event: StoredDomainEvent;
}

/** One kind of aggregate: how it decides, and where and how it is kept. */
export interface Aggregate<Kind extends WritableKind> {
  readonly decider: DeciderOf<Kind>;
  /** Name of the stream of one of them. */
  stream(id: string): string;
  /** Which one of them a command is for. */
  idOf(command: Kind['command']): string;
  /** What is answered to a command whose events no append takes. */
  tooLarge(bytesMax: number): Kind['rejection'];
  /** An estimate of the memory that a state holds, without its window of command ids. */
  bytesOf(state: Kind['state']): number;
  readonly snapshot: StateCodec<Kind['state']>;
  /** What commands need to be decided that the state does not hold. */
  readonly reads?: RecordedReads<Kind['command']>;
}

/** How a state is saved, apart from what it remembers of commands. */
export interface StateCodec<State> {
  /** Raise it whenever the state or its encoding changes: older snapshots are then ignored. */
  readonly version: number;
  /** A value for JSON; nothing in it may change later. */
  encode(state: State): unknown;
  decode(saved: never, memory: CommandMemory): State;
}

/** Reads single events that commands name before these are decided. */
export interface RecordedReads<Command> {
  isNeededFor(command: Command): boolean;
  fromLog(command: Command, revisionMax: number, lookup: EventLookup): Promise<Command>;
  /** As they were decided before it in the same batch. */
  fromBatch(command: Command, revisionBefore: number, events: readonly EncodedEvent[]): Command;
}
