import {
  IdempotencyWindow,
  team,
  type CommandMemory,
  type CommandMetadata,
  type EventMetadata,
  type TeamCommand,
  type TeamEvent,
  type TeamRejection,
  type TeamState,
} from '@tollgate/domain';
import { foldOf, givenOf, type GivenEvent, type SpecifiedDecider } from '../given-when-then';
import { commandIdAt, specTime } from './ids';

/** The team, ready to be specified: `given(...aTeam()).when(charge({ amount: 1 })).then(...)`. */
export const specifiedTeam: SpecifiedDecider<
  TeamState,
  TeamCommand,
  TeamEvent,
  TeamRejection,
  EventMetadata
> = {
  decider: team,
  metadataAt: (place) => ({ commandId: commandIdAt(1e13 + place), at: specTime }),
  metadataOf: eventMetadataOf,
  serialise: serialiseTeam,
};

export const given = givenOf(specifiedTeam);

export function teamAfter(
  events: Iterable<TeamEvent | GivenEvent<TeamEvent, EventMetadata>>,
): TeamState {
  return foldOf(specifiedTeam, events);
}

/** What the events of a command carry, when it is decided at its own time. */
export function eventMetadataOf(command: CommandMetadata): EventMetadata {
  const { id, at, keyId, bodyHash, fingerprint } = command;
  return {
    commandId: id,
    at,
    ...(keyId === undefined ? {} : { keyId }),
    ...(bodyHash === undefined ? {} : { bodyHash }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

export function serialiseTeam(state: TeamState): string {
  return serialiseState(state);
}

/** All of an aggregate's state as text, the tables of recent command ids byte for byte. */
export function serialiseState(state: CommandMemory): string {
  return JSON.stringify(state, (_name, value: unknown) => {
    if (value instanceof Map) return [...value];
    if (value instanceof IdempotencyWindow) return value.snapshot();
    if (value instanceof Uint32Array) return Buffer.from(value.buffer).toString('base64');
    return value;
  });
}
