import { encodeEvent, linkOf, withLink, type EncodedEvent } from '@tollgate/contracts';
import {
  refuse,
  team,
  type EventMetadata,
  type TeamCommand,
  type TeamDecision,
  type TeamEvent,
  type TeamState,
} from '@tollgate/domain';
import { APPEND_BYTES_MAX, APPEND_EVENTS_MAX, type Digest } from '@tollgate/ports';
import { withChargeOfBatch } from './find-charge';
import type { LoadedTeam } from './loaded-team';
import type { UnansweredAppends } from './unanswered-appends';

/** The link that closes an append is part of its bytes. */
const LINK_BYTES_MAX = 64;
const BYTES_MAX = APPEND_BYTES_MAX - LINK_BYTES_MAX;

export interface Decided {
  readonly command: TeamCommand;
  readonly decision: TeamDecision;
  /** When the command was decided, Unix ms. */
  readonly at: number;
  /** Revision of the team after this command. */
  readonly revisionAfter: number;
}

export interface DecidedBatch {
  readonly decided: readonly Decided[];
  readonly events: EncodedEvent[];
  /** Revision of the team before the first event. */
  readonly revisionBefore: number;
}

/** A command that can't be decided, by a fault of the program: whoever sent it is alone with it. */
export class UndecidableCommand extends Error {
  override readonly name = 'UndecidableCommand';

  constructor(
    readonly index: number,
    cause: unknown,
  ) {
    super(`command ${index} of the batch can't be decided`, { cause });
  }
}

interface OpenBatch {
  readonly unanswered: UnansweredAppends;
  readonly revisionBefore: number;
  readonly decided: Decided[];
  readonly events: EncodedEvent[];
  bytes: number;
}

/**
 * Decides commands in order, each on the state that the ones before it left, until one append is
 * full. The team is ahead of the log until those events are appended.
 * @throws UndecidableCommand the state is then of no use any more.
 */
export function decideBatch(
  loaded: LoadedTeam,
  commands: readonly TeamCommand[],
  from: number,
  unanswered: UnansweredAppends,
): DecidedBatch {
  const revisionBefore = loaded.state.revision;
  const batch: OpenBatch = { unanswered, revisionBefore, decided: [], events: [], bytes: 0 };
  for (let index = from; index < commands.length; index += 1) {
    try {
      if (!decideOne(loaded, commands[index]!, batch)) break;
    } catch (fault) {
      throw new UndecidableCommand(index, fault);
    }
  }
  return batch;
}

/** Adds the append's link to its last event, and remembers it for the next append. */
export function closeAppend(loaded: LoadedTeam, events: EncodedEvent[], digest: Digest): void {
  loaded.link = linkOf(loaded.link, events, digest.sha256);
  const last = events[events.length - 1]!;
  events[events.length - 1] = { ...last, metadata: withLink(last.metadata, loaded.link) };
}

/** False when the append has no room left for all of the command's events. */
function decideOne({ state }: LoadedTeam, command: TeamCommand, batch: OpenBatch): boolean {
  const at = Math.max(command.at, state.lastAt);
  let decision = decisionOf(command, state, batch);
  if (decision.kind === 'accepted' && decision.events.length > 0) {
    const { events } = decision;
    const metadata = metadataOf(command, at);
    if (addEvents(events, metadata, batch)) {
      for (const event of events) team.evolve(state, event, metadata);
    } else if (batch.events.length > 0) return false;
    else decision = tooLarge;
  }
  batch.decided.push({ command, decision, at, revisionAfter: state.revision });
  return true;
}

function decisionOf(command: TeamCommand, state: TeamState, batch: OpenBatch): TeamDecision {
  const { revisionBefore, events, unanswered } = batch;
  const revision = unanswered.landedAt(command, state);
  if (revision !== undefined) return { kind: 'repeated', revision };
  if (command.type !== 'Refund') return team.decide(command, state);
  return team.decide(withChargeOfBatch(command, revisionBefore, events), state);
}

/** No append takes a command's events, however empty it is. */
const tooLarge: TeamDecision = refuse({
  code: 'too_many',
  what: 'bytes in one command',
  max: BYTES_MAX,
});

function addEvents(
  events: readonly TeamEvent[],
  metadata: EventMetadata,
  batch: OpenBatch,
): boolean {
  if (batch.events.length + events.length > APPEND_EVENTS_MAX) return false;
  const from = batch.events.length;
  let { bytes } = batch;
  for (let index = 0; index < events.length; index += 1) {
    const encoded = encodeEvent(events[index]!, metadata, index);
    bytes += bytesOf(encoded);
    batch.events.push(encoded);
  }
  if (bytes > BYTES_MAX) {
    batch.events.length = from;
    return false;
  }
  batch.bytes = bytes;
  return true;
}

function bytesOf({ data, metadata }: EncodedEvent): number {
  return Buffer.byteLength(data) + Buffer.byteLength(metadata);
}

/** One literal with every field: objects of one shape are made and read fastest. */
function metadataOf(command: TeamCommand, at: number): EventMetadata {
  const { id: commandId, keyId, bodyHash, fingerprint } = command;
  const { correlationId, causationId, traceparent } = command;
  return { commandId, at, keyId, bodyHash, fingerprint, correlationId, causationId, traceparent };
}
