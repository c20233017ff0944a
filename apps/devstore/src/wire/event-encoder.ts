import type { RecordedEvent } from '@tollgate/ports';
import { BINARY_CONTENT, JSON_CONTENT, openEnvelope, type Envelope } from '../store/stored-event';
import { ReverseWriter } from './reverse-writer';
import { toStructured } from './uuid';

/** How a reader wants to get event ids. */
export type UuidForm = 'string' | 'structured';

/** Field numbers of ReadResp, ReadEvent, RecordedEvent, UUID, and of the entries of a map. */
const RESPONSE = { event: 1 };
const READ_EVENT = { event: 1, commitPosition: 3 };
const RECORDED = {
  id: 1,
  stream: 2,
  revision: 3,
  preparePosition: 4,
  commitPosition: 5,
  metadata: 6,
  customMetadata: 7,
  data: 8,
};
const UUID = { structured: 1, string: 2 };
const STREAM_NAME = 3;
const ENTRY = { key: 1, value: 2 };

/** A tombstone stands at 2^63 - 1, the end of all revisions: 63 bits in nine bytes of seven. */
const TOMBSTONE_REVISION = Buffer.from([RECORDED.revision << 3, ...Array(8).fill(0xff), 0x7f]);

const contentEntry = (isJson: boolean): Buffer =>
  entry('content-type', isJson ? JSON_CONTENT : BINARY_CONTENT);
const JSON_ENTRY = contentEntry(true);
const BINARY_ENTRY = contentEntry(false);

const writer = new ReverseWriter();

/**
 * A ReadResp with an event. Reads send hardly anything else, and going through objects of the
 * protocol library takes several times as long.
 */
export function encodeEvent(event: RecordedEvent, uuidForm: UuidForm): Buffer {
  const { position } = event;
  writer.uint(READ_EVENT.commitPosition, position);
  const recorded = writer.mark;
  const envelope = openEnvelope(event);
  writeContent(event, envelope);
  writer.uint(RECORDED.commitPosition, position);
  writer.uint(RECORDED.preparePosition, position);
  if (envelope.isTombstone) writer.raw(TOMBSTONE_REVISION);
  else writer.uint(RECORDED.revision, event.revision);
  const stream = writer.mark;
  writer.text(STREAM_NAME, event.stream);
  writer.message(RECORDED.stream, stream);
  writeId(event.id, uuidForm);
  writer.message(READ_EVENT.event, recorded);
  writer.message(RESPONSE.event, 0);
  return writer.take();
}

function writeContent(event: RecordedEvent, envelope: Envelope): void {
  const { metadata, isJson, isDataBase64, created } = envelope;
  writeText(RECORDED.data, event.data, isDataBase64);
  if (metadata !== undefined) {
    writeText(RECORDED.customMetadata, metadata.text, metadata.isBase64);
  }
  writeEntry('created', created);
  writer.raw(isJson ? JSON_ENTRY : BINARY_ENTRY);
  writeEntry('type', event.type);
}

function writeText(field: number, text: string, isBase64: boolean): void {
  if (isBase64) writer.bytes(field, Buffer.from(text, 'base64'));
  else writer.text(field, text);
}

function writeEntry(key: string, value: string): void {
  const start = writer.mark;
  writer.text(ENTRY.value, value);
  writer.text(ENTRY.key, key);
  writer.message(RECORDED.metadata, start);
}

function entry(key: string, value: string): Buffer {
  const own = new ReverseWriter();
  own.text(ENTRY.value, value);
  own.text(ENTRY.key, key);
  own.message(RECORDED.metadata, 0);
  return own.take();
}

function writeId(id: string, form: UuidForm): void {
  const start = writer.mark;
  if (form === 'string') writer.text(UUID.string, id);
  else writer.raw(structuredId(id));
  writer.message(RECORDED.id, start);
}

function structuredId(id: string): Buffer {
  const { mostSignificantBits, leastSignificantBits } = toStructured(id);
  const own = [
    ...bigVarint(1 << 3, BigInt(mostSignificantBits)),
    ...bigVarint(2 << 3, BigInt(leastSignificantBits)),
  ];
  return Buffer.from([(UUID.structured << 3) | 2, own.length, ...own]);
}

function bigVarint(tag: number, value: bigint): number[] {
  const bytes = [tag];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}
