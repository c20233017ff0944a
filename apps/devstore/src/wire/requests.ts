import { ANY_REVISION, NO_STREAM_YET, STREAM_EXISTS } from '../store/expected-revision';
import { InvalidRequest, RequiredMetadataMissing } from '../store/store.errors';
import { JSON_CONTENT, type ProposedEvent } from '../store/stored-event';
import type { BatchAppendOptions, ChangeOptions, ProposedMessage } from './messages';
import type { StreamIdentifier, Uuid } from './messages';
import { fromStructured, normalUuid } from './uuid';

const ALL = '$all';
const NO_BYTES = Buffer.alloc(0);

/** @throws InvalidRequest for what names no stream. */
export function streamIn(identifier: StreamIdentifier | undefined): string {
  const stream = identifier?.streamName?.toString() ?? '';
  if (stream === '' || stream === '$$') throw new InvalidRequest(`no stream name: "${stream}"`);
  return stream;
}

/** @throws InvalidRequest for a stream that nobody can write to. */
export function writableStreamIn(identifier: StreamIdentifier | undefined): string {
  const stream = streamIn(identifier);
  if (stream === ALL) throw new InvalidRequest('$all can only be read');
  return stream;
}

/** @throws InvalidRequest when a request says nothing of it. */
export function expectedIn(options: ChangeOptions & BatchAppendOptions): number {
  const exact = options.revision ?? options.streamPosition;
  if (exact !== undefined) return Number(exact);
  if (options.noStream !== undefined) return NO_STREAM_YET;
  if (options.streamExists !== undefined) return STREAM_EXISTS;
  if (options.any !== undefined) return ANY_REVISION;
  throw new InvalidRequest('no expected revision');
}

/** @throws InvalidRequest for what is no UUID. */
export function uuidIn(uuid: Uuid | undefined): string {
  if (uuid?.structured !== undefined) return fromStructured(uuid.structured);
  const id = normalUuid(uuid?.string ?? '');
  if (id === undefined) throw new InvalidRequest(`"${uuid?.string ?? ''}" is no UUID`);
  return id;
}

/**
 * @throws InvalidRequest
 * @throws RequiredMetadataMissing
 */
export function eventIn(message: ProposedMessage): ProposedEvent {
  const metadata = message.metadata ?? {};
  return {
    id: uuidIn(message.id),
    type: required(metadata, 'type'),
    isJson: required(metadata, 'content-type') === JSON_CONTENT,
    data: message.data ?? NO_BYTES,
    metadata: message.customMetadata ?? NO_BYTES,
  };
}

/** What the event counts towards the limit of an append. */
export function sizeOf({ type, data, metadata }: ProposedEvent): number {
  return 2 * type.length + data.length + metadata.length;
}

function required(metadata: Readonly<Record<string, string>>, property: string): string {
  const value = metadata[property];
  if (value === undefined || value === '') throw new RequiredMetadataMissing(property);
  return value;
}
