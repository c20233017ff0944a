import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { systemClock } from '@tollgate/adapter-runtime';
import type { Database, RootDatabase } from 'lmdb';
import { VaultUnavailable, type Clock, type Vault } from '@tollgate/ports';
import { DataFolderDamaged } from './data-folder.errors';
import { KeyFile } from './key-file';
import { openDatabase, openEnvironment, transact } from './lmdb-environment';
import { committed } from './lmdb-failure';
import { WriteRounds } from './write-rounds';

/** Where the key of a subject lies, when it was made (Unix ms), and its CRC-32. */
type KeyEntry = readonly [place: number, madeAt: number, checksum: number];

interface KeyChange {
  readonly subject: string;
  /** Destroys a key made at this time or before, Unix ms; makes one that is missing if absent. */
  readonly madeUntil?: number;
}

/** The vault's folder inside the data folder. */
export const VAULT = 'vault';
const KEYS = 'keys';
const DATA = 'data.mdb';
const KEY_BYTES = 32;
/** How many places of the key file the entries speak of. */
const PLACES = 'places';

/**
 * The vault in the data folder: an LMDB environment says whose key lies where in a file beside it.
 * A key is in that file, on the disk, before its entry is; and overwritten before its entry goes.
 */
export class LmdbVault implements Vault {
  private readonly entries: Database<KeyEntry, string>;
  private readonly state: Database<number, string>;
  private readonly rounds = new WriteRounds<KeyChange>((changes) => this.write(changes));

  private constructor(
    private readonly environment: RootDatabase,
    private readonly keys: KeyFile,
    private readonly clock: Clock,
  ) {
    this.entries = openDatabase(environment, 'entries');
    this.state = openDatabase(environment, 'state');
  }

  /**
   * Opens the vault of a data folder, made when its folder is empty or missing.
   * @throws DataFolderDamaged one of its files is not what was written.
   */
  static async open(path: string, clock: Clock = systemClock): Promise<LmdbVault> {
    const folder = join(path, VAULT);
    if (existsSync(join(folder, KEYS)) && !existsSync(join(folder, DATA))) {
      throw new DataFolderDamaged(path, `${VAULT}/${DATA} is missing`);
    }
    const environment = openEnvironment(path, VAULT, 'secret');
    try {
      const keys = await KeyFile.open(join(folder, KEYS));
      const vault = new LmdbVault(environment, keys, clock);
      const places = vault.state.get(PLACES) ?? 0;
      if (keys.size >= places) return vault;
      await keys.close();
      throw new DataFolderDamaged(
        path,
        `${VAULT}/${KEYS}: ${keys.size} keys, of ${places} written`,
      );
    } catch (error) {
      await environment.close();
      throw error;
    }
  }

  async keyOf(subject: string): Promise<Uint8Array> {
    for (;;) {
      const key = this.found(subject);
      if (key !== undefined) return key;
      await this.change({ subject });
    }
  }

  async find(subject: string): Promise<Uint8Array | undefined> {
    return this.found(subject);
  }

  async destroy(subject: string, madeUntil: number): Promise<void> {
    await this.change({ subject, madeUntil });
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await this.rounds.close();
    await this.keys.close();
    await this.environment.close();
  }

  private async change(change: KeyChange): Promise<void> {
    await this.rounds.add(change).catch((cause: Error) => {
      throw new VaultUnavailable(`the vault can not be changed: ${cause.message}`, { cause });
    });
  }

  private found(subject: string): Uint8Array | undefined {
    try {
      const entry = this.entries.get(subject);
      const key = entry && this.keys.read(entry[0]);
      if (key !== undefined && crc32(key) !== entry![2]) throw new Error('wrong checksum');
      return key;
    } catch (cause) {
      const { message } = cause as Error;
      throw new VaultUnavailable(`the key of ${subject} can not be read: ${message}`, { cause });
    }
  }

  /** Keys are destroyed first, so that none is that was made for somebody in the same round. */
  private async write(changes: readonly KeyChange[]): Promise<void> {
    const destroyed = this.toDestroy(changes);
    const wanted = new Set<string>();
    for (const { subject, madeUntil } of changes) {
      if (madeUntil !== undefined) continue;
      if (destroyed.has(subject) || this.found(subject) === undefined) wanted.add(subject);
    }
    if (destroyed.size + wanted.size === 0) return;
    const made = [...wanted].map((subject) => ({ subject, key: randomBytes(KEY_BYTES) }));
    const erased = [...destroyed.values()].map(([place]) => place);
    const first = await this.keys.change(
      erased,
      made.map(({ key }) => key),
    );
    const madeAt = this.clock.now();
    const entries = made.map(({ subject, key }, index): [string, KeyEntry] => [
      subject,
      [first + index, madeAt, crc32(key)],
    ]);
    await this.enter([...destroyed.keys()], entries);
  }

  private async enter(
    removed: readonly string[],
    added: readonly (readonly [string, KeyEntry])[],
  ): Promise<void> {
    const write = (): void => {
      for (const subject of removed) void this.entries.remove(subject);
      for (const [subject, entry] of added) void this.entries.put(subject, entry);
      void this.state.put(PLACES, this.keys.size);
    };
    await committed(transact(this.environment, write));
    // What comes next has to see it, whatever this turn of the event loop has read before.
    this.environment.resetReadTxn();
  }

  /** Entries without a key as well: what destroyed them did not come to its end. */
  private toDestroy(changes: readonly KeyChange[]): Map<string, KeyEntry> {
    const destroyed = new Map<string, KeyEntry>();
    for (const { subject, madeUntil } of changes) {
      const entry = madeUntil === undefined ? undefined : this.entries.get(subject);
      if (entry !== undefined && entry[1] <= madeUntil!) destroyed.set(subject, entry);
    }
    return destroyed;
  }
}
