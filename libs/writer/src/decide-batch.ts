import { encodeEvent, linkOf, withLink, type EncodedEvent } from '@tollgate/contracts';
import {
  team,
  type EventMetadata,
  type TeamCommand,
  type TeamDecision,
  type TeamEvent,
} from '@tollgate/domain';
import { APPEND_BYTES_MAX, APPEND_EVENTS_MAX, type Digest } from '@tollgate/ports';
import type { LoadedTeam } from './loaded-team';

/** Characters of JSON in one append: each takes at most three bytes of UTF-8. */
const APPEND_CHARS_MAX = Math.floor(APPEND_BYTES_MAX / 3);

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

/**
 * Decides commands in order, each on the state that the ones before it left, until one append is
 * full. The team is ahead of the log until those events are appended.
 */
export function decideBatch(
  loaded: LoadedTeam,
  commands: readonly TeamCommand[],
  from: number,
): DecidedBatch {
  const batch = { decided: [] as Decided[], events: [] as EncodedEvent[] };
  const revisionBefore = loaded.state.revision;
  let chars = 0;
  for (let index = from; index < commands.length; index += 1) {
    if (batch.events.length >= APPEND_EVENTS_MAX / 2 || chars >= APPEND_CHARS_MAX / 2) break;
    chars += decideOne(loaded, commands[index]!, batch);
  }
  return { ...batch, revisionBefore };
}

/** Adds the append's link to its last event, and remembers it for the next append. */
export function closeAppend(loaded: LoadedTeam, events: EncodedEvent[], digest: Digest): void {
  loaded.link = linkOf(loaded.link, events, digest.sha256);
  const last = events[events.length - 1]!;
  events[events.length - 1] = { ...last, metadata: withLink(last.metadata, loaded.link) };
}

function decideOne(
  { state }: LoadedTeam,
  command: TeamCommand,
  batch: { decided: Decided[]; events: EncodedEvent[] },
): number {
  const at = Math.max(command.at, state.lastAt);
  const decision = team.decide(command, state);
  let chars = 0;
  if (decision.kind === 'accepted' && decision.events.length > 0) {
    const metadata = metadataOf(command, at);
    for (let index = 0; index < decision.events.length; index += 1) {
      const event: TeamEvent = decision.events[index]!;
      team.evolve(state, event, metadata);
      const encoded = encodeEvent(event, metadata, index);
      chars += encoded.data.length + encoded.metadata.length;
      batch.events.push(encoded);
    }
  }
  batch.decided.push({ command, decision, at, revisionAfter: state.revision });
  return chars;
}

function metadataOf(command: TeamCommand, at: number): EventMetadata {
  const metadata: { -readonly [Field in keyof EventMetadata]: EventMetadata[Field] } = {
    commandId: command.id,
    at,
  };
  if (command.keyId !== undefined) metadata.keyId = command.keyId;
  if (command.bodyHash !== undefined) metadata.bodyHash = command.bodyHash;
  if (command.fingerprint !== undefined) metadata.fingerprint = command.fingerprint;
  if (command.correlationId !== undefined) metadata.correlationId = command.correlationId;
  if (command.causationId !== undefined) metadata.causationId = command.causationId;
  if (command.traceparent !== undefined) metadata.traceparent = command.traceparent;
  return metadata;
}
