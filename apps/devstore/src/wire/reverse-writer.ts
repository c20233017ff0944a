const CAPACITY = 64 * 1_024;
const LENGTH_DELIMITED = 2;
const VARINT_BITS = 7;
const VARINT_BASE = 0x80;
/** A number, or its tag or length, at most. */
const HEAD_BYTES_MAX = 20;
/** A UTF-16 unit becomes at most three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;

/**
 * Writes Protocol Buffers from the end to the beginning: when it comes to the head of a message
 * it knows how long the message is. Fields come out in the reverse order of the calls.
 */
export class ReverseWriter {
  private buffer = Buffer.allocUnsafe(CAPACITY);
  private at = CAPACITY;

  /** Where a message ends whose fields are written next. */
  get mark(): number {
    return this.buffer.length - this.at;
  }

  uint(field: number, value: number): void {
    this.reserve(HEAD_BYTES_MAX);
    this.varint(value);
    this.varint(field << 3);
  }

  text(field: number, text: string): void {
    this.reserve(text.length * BYTES_PER_UNIT_MAX + HEAD_BYTES_MAX);
    const bytes = Buffer.byteLength(text);
    this.at -= bytes;
    this.buffer.write(text, this.at);
    this.head(field, bytes);
  }

  bytes(field: number, bytes: Uint8Array): void {
    this.raw(bytes);
    this.head(field, bytes.length);
  }

  /** Bytes that are encoded already. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length + HEAD_BYTES_MAX);
    this.at -= bytes.length;
    this.buffer.set(bytes, this.at);
  }

  /** The head of the message that was written since the mark. */
  message(field: number, mark: number): void {
    this.reserve(HEAD_BYTES_MAX);
    this.head(field, this.mark - mark);
  }

  /** A copy of what was written, and the writer is empty again. */
  take(): Buffer {
    const taken = Buffer.from(this.buffer.subarray(this.at));
    if (this.buffer.length > CAPACITY) this.buffer = Buffer.allocUnsafe(CAPACITY);
    this.at = this.buffer.length;
    return taken;
  }

  private head(field: number, length: number): void {
    this.varint(length);
    this.varint((field << 3) | LENGTH_DELIMITED);
  }

  private varint(value: number): void {
    let size = 1;
    for (let rest = value; rest >= VARINT_BASE; rest = Math.floor(rest / VARINT_BASE)) size += 1;
    this.at -= size;
    let rest = value;
    for (let index = 0; index < size; index += 1) {
      const isLast = index === size - 1;
      this.buffer[this.at + index] = (rest % VARINT_BASE) | (isLast ? 0 : VARINT_BASE);
      rest = rest < 2 ** 31 ? rest >>> VARINT_BITS : Math.floor(rest / VARINT_BASE);
    }
  }

  private reserve(bytes: number): void {
    if (this.at >= bytes) return;
    const written = this.buffer.subarray(this.at);
    const capacity = 2 * (written.length + bytes);
    const larger = Buffer.allocUnsafe(capacity);
    this.at = capacity - written.length;
    larger.set(written, this.at);
    this.buffer = larger;
  }
}
