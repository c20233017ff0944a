import type { CommandMemory } from './command-memory';
import type { CommandMetadata, EventMetadata } from './metadata';

/** What a decision comes to. A refusal is a value, never an exception. */
export type Decision<Event, Rejection> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'refused'; readonly rejection: Rejection }
  /** The command was accepted before; its first event stands at `revision`. */
  | { readonly kind: 'repeated'; readonly revision: number };

export function accept<Event>(...events: readonly Event[]): Decision<Event, never> {
  return { kind: 'accepted', events };
}

export function refuse<Rejection>(rejection: Rejection): Decision<never, Rejection> {
  return { kind: 'refused', rejection };
}

/**
 * One aggregate: `decide` reads the state and never changes it; `evolve` applies one event.
 * `evolve` changes the state it is given, since copying a team for each charge would cost more
 * than deciding it; whoever can't append the events drops the state and folds the log again.
 */
export interface Decider<State, Command, Event, Rejection, Metadata> {
  initialState(): State;
  decide(command: Command, state: State): Decision<Event, Rejection>;
  evolve(state: State, event: Event, metadata: Metadata): void;
}

/** The types of one kind of aggregate. */
export interface AggregateKind {
  readonly state: CommandMemory;
  readonly command: CommandMetadata & { readonly type: string };
  readonly event: { readonly type: string; readonly data: object };
  readonly rejection: { readonly code: string };
}

export type DeciderOf<Kind extends AggregateKind> = Decider<
  Kind['state'],
  Kind['command'],
  Kind['event'],
  Kind['rejection'],
  EventMetadata
>;
