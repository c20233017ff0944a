import type { Decider, Decision } from '@tollgate/domain';

/** A decider, and what its specification must know of its metadata and its state. */
export interface SpecifiedDecider<State, Command, Event, Rejection, Metadata> {
  readonly decider: Decider<State, Command, Event, Rejection, Metadata>;
  /** Metadata of the given event at `place`, where the specification names none. */
  metadataAt(place: number): Metadata;
  /** Metadata of the events of an accepted command. */
  metadataOf(command: Command): Metadata;
  /** All of the state as text: equal texts mean equal states, to the byte. */
  serialise(state: State): string;
}

/** An event of the past; metadata that is left out is made up. */
export interface GivenEvent<Event, Metadata> {
  readonly event: Event;
  readonly metadata?: Partial<Metadata>;
}

export type Given<Command, Event, Rejection, Metadata> = (
  ...events: readonly (Event | GivenEvent<Event, Metadata>)[]
) => {
  when(command: Command): DecisionSpecification<Event, Rejection>;
};

export interface DecisionSpecification<Event, Rejection> {
  /** Accepted, with exactly these events, which fold; and the same command again adds none. */
  then(...events: readonly Event[]): void;
  /** Accepted, and there was nothing to change. */
  thenNothing(): void;
  /** Accepted before; its first event stands at `revision`. */
  thenRepeats(revision: number): void;
  thenRefused(rejection: Rejection): void;
}

/** The word `given` of one decider: `given(...events).when(command).then(...events)`. */
export function givenOf<State, Command, Event extends object, Rejection, Metadata>(
  subject: SpecifiedDecider<State, Command, Event, Rejection, Metadata>,
): Given<Command, Event, Rejection, Metadata> {
  return (...events) => {
    const state = foldOf(subject, events);
    return { when: (command) => decide(subject, state, command) };
  };
}

/** The state after events with made-up metadata, or the metadata that they come with. */
export function foldOf<State, Command, Event extends object, Rejection, Metadata>(
  subject: SpecifiedDecider<State, Command, Event, Rejection, Metadata>,
  events: Iterable<Event | GivenEvent<Event, Metadata>>,
): State {
  const state = subject.decider.initialState();
  let place = 0;
  for (const item of events) {
    const { event, metadata } = 'event' in item ? item : { event: item, metadata: {} };
    subject.decider.evolve(state, event, { ...subject.metadataAt(place), ...metadata });
    place += 1;
  }
  return state;
}

/** Decides, and holds the decider to its promise that deciding leaves the state as it was. */
function decide<State, Command, Event, Rejection, Metadata>(
  subject: SpecifiedDecider<State, Command, Event, Rejection, Metadata>,
  state: State,
  command: Command,
): DecisionSpecification<Event, Rejection> {
  const before = subject.serialise(state);
  const decision = subject.decider.decide(command, state);
  expect(subject.serialise(state)).toBe(before);
  return {
    then: (...events) => {
      expect(decision).toStrictEqual({ kind: 'accepted', events });
      for (const event of events) subject.decider.evolve(state, event, subject.metadataOf(command));
      expect(newEvents(subject.decider.decide(command, state))).toStrictEqual([]);
    },
    thenNothing: () => expect(decision).toStrictEqual({ kind: 'accepted', events: [] }),
    thenRepeats: (revision) => expect(decision).toStrictEqual({ kind: 'repeated', revision }),
    thenRefused: (rejection) => expect(decision).toStrictEqual({ kind: 'refused', rejection }),
  };
}

function newEvents<Event, Rejection>(decision: Decision<Event, Rejection>): readonly Event[] {
  return decision.kind === 'accepted' ? decision.events : [];
}
