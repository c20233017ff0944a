const ARRAY_32 = 0xdd;
const FLOAT_64 = 0xcb;
const UINT_32 = 0xce;
const STRING_8 = 0xd9;
const STRING_16 = 0xda;
const STRING_32 = 0xdb;
const BYTE_MAX = 0xff;
const UINT_16_MAX = 0xffff;
const UINT_32_MAX = 0xffff_ffff;
/** A string's type, and its length in up to four bytes. */
const STRING_HEAD_BYTES_MAX = 5;
/** A UTF-16 unit becomes at most three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;
/** Up to this length a loop is faster than a call into Node. */
const SHORT_UNITS_MAX = 48;

const CHUNK_BYTES = 4 * 1_024 * 1_024;

/** Room that a string takes at most. */
export const packedBytesMax = (text: string): number =>
  STRING_HEAD_BYTES_MAX + BYTES_PER_UNIT_MAX * text.length;

/**
 * Writes MessagePack into memory that it uses again and again. msgpackr reads as fast as can be,
 * but what it writes with slows down fourfold once several of its encoders work in one process,
 * as the lmdb package makes one for every database.
 */
export class MessagePackWriter {
  private chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  private at = 0;

  /** Takes all memory back: nobody may use what was written before any more. */
  reset(): void {
    this.at = 0;
    if (this.chunk.length > CHUNK_BYTES) this.chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  }

  /** Makes room for a value and answers where it starts. */
  start(bytesMax: number): number {
    if (this.at + bytesMax > this.chunk.length) {
      this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytesMax));
      this.at = 0;
    }
    return this.at;
  }

  skip(bytes: number): void {
    this.at += bytes;
  }

  array(length: number): void {
    this.chunk[this.at] = ARRAY_32;
    this.at = this.chunk.writeUInt32BE(length, this.at + 1);
  }

  /** A whole number from 0. */
  number(value: number): void {
    const isSmall = value <= UINT_32_MAX;
    this.chunk[this.at] = isSmall ? UINT_32 : FLOAT_64;
    this.at = isSmall
      ? this.chunk.writeUInt32BE(value, this.at + 1)
      : this.chunk.writeDoubleBE(value, this.at + 1);
  }

  string(text: string): void {
    const { chunk, at } = this;
    const bytesMax = text.length * BYTES_PER_UNIT_MAX;
    if (bytesMax <= BYTE_MAX) {
      const bytes = writeText(chunk, text, at + 2);
      chunk[at] = STRING_8;
      chunk[at + 1] = bytes;
      this.at = at + 2 + bytes;
    } else if (bytesMax <= UINT_16_MAX) {
      const bytes = writeText(chunk, text, at + 3);
      chunk[at] = STRING_16;
      chunk[at + 1] = bytes >>> 8;
      chunk[at + 2] = bytes;
      this.at = at + 3 + bytes;
    } else {
      const bytes = writeText(chunk, text, at + STRING_HEAD_BYTES_MAX);
      chunk[at] = STRING_32;
      this.at = chunk.writeUInt32BE(bytes, at + 1) + bytes;
    }
  }

  /** What was written since `start`, valid until the next reset. */
  end(start: number): Buffer {
    return this.chunk.subarray(start, this.at);
  }
}

function writeText(chunk: Buffer, text: string, start: number): number {
  const { length } = text;
  if (length > SHORT_UNITS_MAX) return chunk.write(text, start, 'utf8');
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return chunk.write(text, start, 'utf8');
    chunk[start + index] = unit;
  }
  return length;
}
