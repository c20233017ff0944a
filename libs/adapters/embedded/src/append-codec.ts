import { crc32 } from 'node:zlib';
import { Packr } from 'msgpackr';
import type { EventToAppend } from '@tollgate/ports';

/**
 * An append as it is stored: the stream and the revision of its first event, then id, type, data
 * and metadata of each event. Flat, since arrays of strings are packed and unpacked the fastest.
 */
export type FlatAppend = readonly [stream: string, firstRevision: number, ...fields: string[]];

/** Fields before the first event, and fields of an event. */
export const HEAD_FIELDS = 2;
export const EVENT_FIELDS = 4;

const FORMAT = 1;
/** A byte for the format, four for the checksum. */
const PREFIX_BYTES = 5;

/* Encode options of msgpackr that it does not export: give the whole buffer, skip some bytes. */
const REUSE_BUFFER = 512;
const RESERVE_START = 2_048;

/** msgpackr's own buffer, with the place in it of what was packed last. */
interface PackedBuffer extends Buffer {
  readonly start: number;
  readonly end: number;
}

export function flatten(
  stream: string,
  firstRevision: number,
  events: readonly EventToAppend[],
): FlatAppend {
  const flat: [string, number, ...string[]] = [stream, firstRevision];
  for (const { id, type, data, metadata } of events) flat.push(id, type, data, metadata);
  return flat;
}

export const eventCount = (flat: FlatAppend): number => (flat.length - HEAD_FIELDS) / EVENT_FIELDS;

/**
 * MessagePack behind a CRC-32: LMDB has no checksums, so that bytes gone bad on the disk would
 * pass for money. An encoder of the lmdb package, which calls it with its own buffer options.
 */
export class AppendCodec {
  /** Tells lmdb that this encoder writes into a buffer that it goes on using. */
  readonly copyBuffers = true;
  private readonly packr = new Packr({ useRecords: false });

  encode(append: FlatAppend, options = 0): Buffer {
    const all = options | REUSE_BUFFER | RESERVE_START | PREFIX_BYTES;
    const packed = this.packr.pack(append, all) as PackedBuffer;
    const { start, end } = packed;
    packed[start] = FORMAT;
    packed.writeUInt32LE(crc32(packed.subarray(start + PREFIX_BYTES, end)), start + 1);
    return (options & REUSE_BUFFER) === 0 ? packed.subarray(start, end) : packed;
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
    return this.packr.unpack(packed) as FlatAppend;
  }
}

function checksumIn(bytes: Buffer): number {
  return (bytes[1]! | (bytes[2]! << 8) | (bytes[3]! << 16) | (bytes[4]! << 24)) >>> 0;
}
