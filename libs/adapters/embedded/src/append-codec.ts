import { crc32 } from 'node:zlib';
import { Unpackr } from 'msgpackr';
import type { EventToAppend } from '@tollgate/ports';
import { MessagePackWriter, packedBytesMax } from './message-pack-writer';

/**
 * An append as it is stored: the stream and the revision of its first event, then id, type, data
 * and metadata of each event. Flat, since an array of strings is read the fastest.
 */
export type FlatAppend = readonly [stream: string, firstRevision: number, ...fields: string[]];

export interface AppendToEncode {
  readonly stream: string;
  readonly firstRevision: number;
  readonly events: readonly EventToAppend[];
}

/** Fields before the first event, and fields of an event. */
export const HEAD_FIELDS = 2;
export const EVENT_FIELDS = 4;

const FORMAT = 1;
/** A byte for the format, four for the checksum. */
const PREFIX_BYTES = 5;
/** Prefix, array and first revision. */
const FIXED_BYTES = PREFIX_BYTES + 5 + 9;

export const eventCount = (flat: FlatAppend): number => (flat.length - HEAD_FIELDS) / EVENT_FIELDS;

/**
 * MessagePack behind a CRC-32: LMDB has no checksums, so that bytes gone bad on the disk would
 * pass for money.
 */
export class AppendCodec {
  private readonly writer = new MessagePackWriter();
  private readonly reader = new Unpackr({ useRecords: false });

  /** The bytes of all appends encoded so far are no longer needed. */
  reset(): void {
    this.writer.reset();
  }

  encode({ stream, firstRevision, events }: AppendToEncode): Buffer {
    const { writer } = this;
    const start = writer.start(bytesMax(stream, events));
    writer.skip(PREFIX_BYTES);
    writer.array(HEAD_FIELDS + events.length * EVENT_FIELDS);
    writer.string(stream);
    writer.number(firstRevision);
    for (const { id, type, data, metadata } of events) {
      writer.string(id);
      writer.string(type);
      writer.string(data);
      writer.string(metadata);
    }
    const bytes = writer.end(start);
    bytes[0] = FORMAT;
    bytes.writeUInt32LE(crc32(bytes.subarray(PREFIX_BYTES)), 1);
    return bytes;
  }

  /**
   * @param bytes a buffer that may go on after the value's `size` bytes.
   * @throws Error when these are not the bytes that were written.
   */
  decode(bytes: Buffer, size?: unknown): FlatAppend {
    const end = typeof size === 'number' ? size : bytes.length;
    if (end <= PREFIX_BYTES || bytes[0] !== FORMAT) throw new Error('unknown record format');
    const packed = bytes.subarray(PREFIX_BYTES, end);
    if (crc32(packed) !== checksumIn(bytes)) throw new Error('wrong checksum');
    return this.reader.unpack(packed) as FlatAppend;
  }
}

function bytesMax(stream: string, events: readonly EventToAppend[]): number {
  let bytes = FIXED_BYTES + packedBytesMax(stream);
  for (const { id, type, data, metadata } of events) {
    bytes += packedBytesMax(id) + packedBytesMax(type);
    bytes += packedBytesMax(data) + packedBytesMax(metadata);
  }
  return bytes;
}

function checksumIn(bytes: Buffer): number {
  return (bytes[1]! | (bytes[2]! << 8) | (bytes[3]! << 16) | (bytes[4]! << 24)) >>> 0;
}
