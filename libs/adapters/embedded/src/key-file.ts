import { constants, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

const KEY_BYTES = 32;
const ERASED = Buffer.alloc(KEY_BYTES);

/**
 * Keys at places that never move, so that each can be overwritten where it lies. LMDB could not do
 * that: it writes a changed page elsewhere, and what the old one held stays until room is needed.
 */
export class KeyFile {
  private constructor(
    private readonly file: FileHandle,
    /** Up to here it was written before; no place is used for a second key. */
    private places: number,
  ) {}

  /** Opens the file, which is made for its owner alone when there is none. */
  static async open(path: string): Promise<KeyFile> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    const { size } = await file.stat();
    return new KeyFile(file, Math.ceil(size / KEY_BYTES));
  }

  /** How many keys the file has places for. */
  get size(): number {
    return this.places;
  }

  /** Undefined for a key that was erased. @throws Error when the file ends before. */
  read(place: number): Uint8Array | undefined {
    const key = Buffer.allocUnsafeSlow(KEY_BYTES);
    const bytes = readSync(this.file.fd, key, 0, KEY_BYTES, place * KEY_BYTES);
    if (bytes !== KEY_BYTES) throw new Error(`there is no key at place ${place}`);
    return key.equals(ERASED) ? undefined : key;
  }

  /**
   * Overwrites keys with zeros and adds others behind all that were ever there. It is on stable
   * storage when this resolves.
   * @returns the place of the first key that was added.
   */
  async change(erased: readonly number[], added: readonly Uint8Array[]): Promise<number> {
    const first = this.places;
    this.places += added.length;
    for (const place of erased) await this.write(ERASED, place);
    if (added.length > 0) await this.write(Buffer.concat(added), first);
    await this.file.datasync();
    return first;
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async write(bytes: Buffer, place: number): Promise<void> {
    const { bytesWritten } = await this.file.write(bytes, 0, bytes.length, place * KEY_BYTES);
    if (bytesWritten !== bytes.length) throw new Error('a key could not be written whole');
  }
}
