import { encodeEvent, linkOf, withLink, type EncodedEvent } from '@tollgate/contracts';
import {
  refuse,
  type CommandMemory,
  type CommandMetadata,
  type Decision,
  type EventMetadata,
} from '@tollgate/domain';
import { APPEND_BYTES_MAX, APPEND_EVENTS_MAX, type Digest } from '@tollgate/ports';
import type { Aggregate, WritableKind } from './aggregate';
import type { Loaded } from './loaded';
import type { UnansweredAppends } from './unanswered-appends';

/** The link that closes an append is part of its bytes. */
const LINK_BYTES_MAX = 64;
const BYTES_MAX = APPEND_BYTES_MAX - LINK_BYTES_MAX;

export interface Decided<Kind extends WritableKind> {
  readonly command: Kind['command'];
  readonly decision: Decision<Kind['event'], Kind['rejection']>;
  /** When the command was decided, Unix ms. */
  readonly at: number;
  /** Revision of the stream after this command. */
  readonly revisionAfter: number;
}

export interface DecidedBatch<Kind extends WritableKind> {
  readonly decided: readonly Decided<Kind>[];
  readonly events: EncodedEvent[];
  /** Revision of the stream before the first event. */
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

interface OpenBatch<Kind extends WritableKind> {
  readonly aggregate: Aggregate<Kind>;
  readonly unanswered: UnansweredAppends;
  readonly revisionBefore: number;
  readonly decided: Decided<Kind>[];
  readonly events: EncodedEvent[];
  bytes: number;
}

/**
 * Decides commands in order, each on the state that the ones before it left, until one append is
 * full. The state is ahead of the log until those events are appended.
 * @throws UndecidableCommand the state is then of no use any more.
 */
export function decideBatch<Kind extends WritableKind>(
  aggregate: Aggregate<Kind>,
  state: Kind['state'],
  commands: readonly Kind['command'][],
  { from, unanswered }: { readonly from: number; readonly unanswered: UnansweredAppends },
): DecidedBatch<Kind> {
  const batch: OpenBatch<Kind> = {
    aggregate,
    unanswered,
    revisionBefore: state.revision,
    decided: [],
    events: [],
    bytes: 0,
  };
  for (let index = from; index < commands.length; index += 1) {
    try {
      if (!decideOne(state, commands[index]!, batch)) break;
    } catch (fault) {
      throw new UndecidableCommand(index, fault);
    }
  }
  return batch;
}

/** Adds the append's link to its last event, and remembers it for the next append. */
export function closeAppend(
  loaded: Loaded<CommandMemory>,
  events: EncodedEvent[],
  digest: Digest,
): void {
  loaded.link = linkOf(loaded.link, events, digest.sha256);
  const last = events[events.length - 1]!;
  events[events.length - 1] = { ...last, metadata: withLink(last.metadata, loaded.link) };
}

/** False when the append has no room left for all of the command's events. */
function decideOne<Kind extends WritableKind>(
  state: Kind['state'],
  command: Kind['command'],
  batch: OpenBatch<Kind>,
): boolean {
  const { decider, tooLarge } = batch.aggregate;
  const at = Math.max(command.at, state.lastAt);
  let decision = decisionOf(command, state, batch);
  if (decision.kind === 'accepted' && decision.events.length > 0) {
    const { events } = decision;
    const metadata = metadataOf(command, at);
    if (addEvents(events, metadata, batch)) {
      for (const event of events) decider.evolve(state, event, metadata);
    } else if (batch.events.length > 0) return false;
    else decision = refuse(tooLarge(BYTES_MAX));
  }
  batch.decided.push({ command, decision, at, revisionAfter: state.revision });
  return true;
}

function decisionOf<Kind extends WritableKind>(
  command: Kind['command'],
  state: Kind['state'],
  batch: OpenBatch<Kind>,
): Decision<Kind['event'], Kind['rejection']> {
  const { revisionBefore, events, unanswered } = batch;
  const { decider, reads } = batch.aggregate;
  const revision = unanswered.landedAt(command, state);
  if (revision !== undefined) return { kind: 'repeated', revision };
  if (reads?.isNeededFor(command) !== true) return decider.decide(command, state);
  return decider.decide(reads.fromBatch(command, revisionBefore, events), state);
}

function addEvents<Kind extends WritableKind>(
  events: readonly Kind['event'][],
  metadata: EventMetadata,
  batch: OpenBatch<Kind>,
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
function metadataOf(command: CommandMetadata, at: number): EventMetadata {
  const { id: commandId, keyId, bodyHash, fingerprint } = command;
  const { correlationId, causationId, traceparent } = command;
  return { commandId, at, keyId, bodyHash, fingerprint, correlationId, causationId, traceparent };
}
