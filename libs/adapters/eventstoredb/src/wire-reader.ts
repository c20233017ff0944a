const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

/** Reads the fields of a Protocol Buffers message, one after the other. */
export class WireReader {
  private wireType = 0;

  constructor(
    private readonly buffer: Buffer,
    private at = 0,
    private readonly end = buffer.length,
  ) {}

  /** Number of the field that comes next; 0 at the end of the message. */
  next(): number {
    if (this.at >= this.end) return 0;
    const tag = this.number();
    this.wireType = tag & 7;
    return tag >>> 3;
  }

  /** A varint; exact up to 2^53, which no revision or position of a log reaches. */
  number(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.buffer[this.at++];
      if (byte === undefined) throw new RangeError('the message ends too soon');
      if (byte < 0x80) return value + byte * scale;
      value += (byte - 0x80) * scale;
      scale *= 0x80;
    }
  }

  text(): string {
    const from = this.advance(this.number());
    return this.buffer.toString('utf8', from, this.at);
  }

  /** The bytes from here to the end of the message. */
  rest(): Uint8Array {
    return this.buffer.subarray(this.at, this.end);
  }

  message(): WireReader {
    const from = this.advance(this.number());
    return new WireReader(this.buffer, from, this.at);
  }

  /** Leaves out a field of any kind. */
  skip(): void {
    if (this.wireType === BYTES) this.advance(this.number());
    else if (this.wireType === FIXED_64) this.advance(8);
    else if (this.wireType === FIXED_32) this.advance(4);
    else this.number();
  }

  private advance(bytes: number): number {
    const from = this.at;
    this.at += bytes;
    if (this.at > this.end) throw new RangeError('the message ends too soon');
    return from;
  }
}
