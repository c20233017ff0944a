/** Wire types of Protocol Buffers, in the low bits of a tag. */
const VARINT = 0;
const BYTES = 2;

export const varintTag = (field: number): number => (field << 3) | VARINT;
export const bytesTag = (field: number): number => (field << 3) | BYTES;

/** How many bytes a length takes; none here reaches four gigabytes. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}

/** A field with a length in front, tag included; fields up to number 15 have tags of one byte. */
export const fieldBytes = (length: number): number => 1 + varintBytes(length) + length;

/** Writes the fields of a Protocol Buffers message into a buffer that has the room. */
export class WireWriter {
  private at = 0;

  constructor(readonly buffer: Buffer) {}

  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.buffer[this.at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.at++] = rest;
  }

  number(tag: number, value: number): void {
    this.buffer[this.at++] = tag;
    this.varint(value);
  }

  /** The head of a message within the message; its fields have to follow. */
  message(tag: number, length: number): void {
    this.number(tag, length);
  }

  text(tag: number, text: string, length: number): void {
    this.number(tag, length);
    this.at += this.buffer.write(text, this.at, 'utf8');
  }

  copy(bytes: Buffer): void {
    this.at += bytes.copy(this.buffer, this.at);
  }
}
