import {
  IDEMPOTENCY_IDS_MAX,
  IdempotencyWindow,
  contacts,
  numbers,
  senders,
  type AggregateKind,
  type CommandMemory,
  type CommandMetadata,
  type DeciderOf,
  type EventMetadata,
} from '@tollgate/domain';
import { foldOf, givenOf, type GivenEvent, type SpecifiedDecider } from '../given-when-then';
import { commandIdAt, mainAccountId, specTime, teamId, theCommandId } from './ids';
import { eventMetadataOf, serialiseState } from './specified-team';

export type Specified<Kind extends AggregateKind> = SpecifiedDecider<
  Kind['state'],
  Kind['command'],
  Kind['event'],
  Kind['rejection'],
  EventMetadata
>;

export type MessagingMetadata = CommandMetadata & { readonly accountId: string };
export type MessagingEnvelope = Partial<MessagingMetadata>;

/** Of commands of messaging, unless a specification says otherwise. */
export const messagingEnvelope: MessagingMetadata = {
  id: theCommandId,
  teamId,
  accountId: mainAccountId,
  at: specTime,
};

export const givenContacts = givenOf(specified(contacts));
export const givenSenders = givenOf(specified(senders));
export const givenNumber = givenOf(specified(numbers));

/** The state of any kind of aggregate after events, with made-up metadata or their own. */
export function stateAfter<Kind extends AggregateKind>(
  decider: DeciderOf<Kind>,
  events: Iterable<Kind['event'] | GivenEvent<Kind['event'], EventMetadata>>,
): Kind['state'] {
  return foldOf(specified(decider), events);
}

/** A state that can remember no more commands; what it knew of earlier ones is gone. */
export function withFullWindow<State extends CommandMemory>(state: State): State {
  const segments = [0, IDEMPOTENCY_IDS_MAX].map((count) => {
    return { baseRevision: 0, firstAt: specTime, lastAt: specTime, count, table: aTable() };
  });
  return { ...state, window: IdempotencyWindow.restore(segments.reverse()) };
}

const aTable = (): Uint32Array => new Uint32Array(96);

function specified<Kind extends AggregateKind>(decider: DeciderOf<Kind>): Specified<Kind> {
  return {
    decider,
    metadataAt: (place) => ({ commandId: commandIdAt(1e13 + place), at: specTime }),
    metadataOf: eventMetadataOf,
    serialise: serialiseState,
  };
}
