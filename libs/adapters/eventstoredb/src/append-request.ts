import { NO_STREAM, type EventToAppend } from '@tollgate/ports';
import { eventUuids } from './event-uuids';
import { withEventId } from './stored-metadata';
import { bytesTag, fieldBytes, varintBytes, varintTag, WireWriter } from './wire-writer';

/** `MaxAppendSize` of a server that was not told otherwise. */
const SERVER_BYTES_MAX = 1_048_576;
const UUID_LENGTH = 36;
/** A UUID message that holds the UUID as text. */
const UUID_BYTES = fieldBytes(UUID_LENGTH);

/** Fields of `event_store.client.streams.BatchAppendReq`. */
const request = { correlationId: 1, options: 2, event: 3, isFinal: 4 } as const;
const options = { stream: 1, revision: 2, noStream: 3, deadline: 6 } as const;
const event = { id: 1, attributes: 2, metadata: 3, data: 4 } as const;
const attribute = { key: 1, value: 2 } as const;
const STREAM_NAME = 3;
const UUID_TEXT = 2;
const TIMESTAMP_SECONDS = 1;

const JSON_CONTENT = attributeOf('content-type', 'application/json');

export interface AppendRequest {
  /** A UUID; the answer repeats it. */
  readonly correlationId: string;
  readonly stream: string;
  readonly expectedRevision: number;
  /** When the server may give up, Unix ms. */
  readonly deadline: number;
}

interface SizedEvent {
  readonly uuid: string;
  readonly data: string;
  readonly dataBytes: number;
  readonly metadata: string;
  readonly metadataBytes: number;
  readonly attributes: Buffer;
  readonly bytes: number;
}

/**
 * One append as one message, written by hand: the client's own way parses and prints the JSON of
 * every event, goes through base64 and serializes twice, which takes fifteen times as long.
 * @throws RangeError when the server would find it too big, or metadata is not as it must be.
 */
export function encodeAppend(append: AppendRequest, events: readonly EventToAppend[]): Buffer {
  const uuids = eventUuids(append.stream, append.expectedRevision, events);
  const sized = events.map((each, index) => sizeOf(each, uuids[index]!));
  assertServerTakes(append.stream, events, sized);
  const optionBytes = encodeOptions(append);
  let bytes = fieldBytes(UUID_BYTES) + fieldBytes(optionBytes.length) + 2;
  for (const each of sized) bytes += fieldBytes(each.bytes);
  const writer = new WireWriter(Buffer.allocUnsafe(bytes));
  writer.message(bytesTag(request.correlationId), UUID_BYTES);
  writer.text(bytesTag(UUID_TEXT), append.correlationId, UUID_LENGTH);
  writer.message(bytesTag(request.options), optionBytes.length);
  writer.copy(optionBytes);
  for (const each of sized) writeEvent(writer, each);
  writer.number(varintTag(request.isFinal), 1);
  return writer.buffer;
}

function sizeOf(toAppend: EventToAppend, uuid: string): SizedEvent {
  const { type, data } = toAppend;
  const metadata = withEventId(toAppend);
  const dataBytes = Buffer.byteLength(data);
  const metadataBytes = Buffer.byteLength(metadata);
  const attributes = attributesOf(type);
  const bytes =
    fieldBytes(UUID_BYTES) + attributes.length + fieldBytes(metadataBytes) + fieldBytes(dataBytes);
  return { uuid, data, dataBytes, metadata, metadataBytes, attributes, bytes };
}

/** The server counts two bytes for each unit of a type's name. */
function assertServerTakes(
  stream: string,
  events: readonly EventToAppend[],
  sized: readonly SizedEvent[],
): void {
  let bytes = 0;
  for (const { dataBytes, metadataBytes } of sized) bytes += dataBytes + metadataBytes;
  for (const { type } of events) bytes += 2 * type.length;
  if (bytes <= SERVER_BYTES_MAX) return;
  throw new RangeError(`append to ${stream} has ${bytes} bytes with its event ids and types`);
}

function encodeOptions({ stream, expectedRevision, deadline }: AppendRequest): Buffer {
  const nameBytes = Buffer.byteLength(stream);
  const seconds = Math.ceil(deadline / 1_000);
  const secondsBytes = 1 + varintBytes(seconds);
  const isNew = expectedRevision === NO_STREAM;
  const revisionBytes = isNew ? 2 : 1 + varintBytes(expectedRevision);
  const bytes = fieldBytes(fieldBytes(nameBytes)) + revisionBytes + fieldBytes(secondsBytes);
  const writer = new WireWriter(Buffer.allocUnsafe(bytes));
  writer.message(bytesTag(options.stream), fieldBytes(nameBytes));
  writer.text(bytesTag(STREAM_NAME), stream, nameBytes);
  if (isNew) writer.message(bytesTag(options.noStream), 0);
  else writer.number(varintTag(options.revision), expectedRevision);
  writer.message(bytesTag(options.deadline), secondsBytes);
  writer.number(varintTag(TIMESTAMP_SECONDS), seconds);
  return writer.buffer;
}

function writeEvent(writer: WireWriter, sized: SizedEvent): void {
  writer.message(bytesTag(request.event), sized.bytes);
  writer.message(bytesTag(event.id), UUID_BYTES);
  writer.text(bytesTag(UUID_TEXT), sized.uuid, UUID_LENGTH);
  writer.copy(sized.attributes);
  writer.text(bytesTag(event.metadata), sized.metadata, sized.metadataBytes);
  writer.text(bytesTag(event.data), sized.data, sized.dataBytes);
}

const attributesByType = new Map<string, Buffer>();
/** More types than any release has; a guard, as the names come from the caller. */
const TYPES_KEPT_MAX = 1_000;

function attributesOf(type: string): Buffer {
  const known = attributesByType.get(type);
  if (known !== undefined) return known;
  const attributes = Buffer.concat([attributeOf('type', type), JSON_CONTENT]);
  if (attributesByType.size < TYPES_KEPT_MAX) attributesByType.set(type, attributes);
  return attributes;
}

function attributeOf(key: string, value: string): Buffer {
  const [keyBytes, valueBytes] = [Buffer.byteLength(key), Buffer.byteLength(value)];
  const bytes = fieldBytes(keyBytes) + fieldBytes(valueBytes);
  const writer = new WireWriter(Buffer.allocUnsafe(fieldBytes(bytes)));
  writer.message(bytesTag(event.attributes), bytes);
  writer.text(bytesTag(attribute.key), key, keyBytes);
  writer.text(bytesTag(attribute.value), value, valueBytes);
  return writer.buffer;
}
