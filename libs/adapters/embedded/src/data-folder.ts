import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { RootDatabase } from 'lmdb';
import type { EventReader, Log, ReadModelReader } from '@tollgate/ports';
import { AppendStore } from './append-store';
import { DataFolderDamaged } from './data-folder.errors';
import { assertSpace } from './disk-space';
import { checkFormat, ensureFormat } from './folder-format';
import { FolderLock } from './folder-lock';
import { LmdbCheckpoints } from './lmdb-checkpoints';
import { openEnvironment } from './lmdb-environment';
import { LmdbEventLog, type LmdbEventLogOptions } from './lmdb-event-log';
import { LmdbEventReader } from './lmdb-event-reader';
import { LmdbReadModels } from './lmdb-read-models';
import { LmdbSchedule } from './lmdb-schedule';
import { LmdbSnapshots } from './lmdb-snapshots';
import { LmdbVault, VAULT } from './lmdb-vault';

/**
 * Inside the data folder, beside the vault: the log with checkpoints and schedules, and two caches,
 * deletable at any time.
 */
const LOG = 'log';
const READ_MODELS = 'read-models';
const SNAPSHOTS = 'snapshots';

export interface DataFolderOptions extends LmdbEventLogOptions {
  /** Version of the projections; read models that another one made are forgotten. */
  readonly readModelsVersion: number;
}

/** What can be read of a data folder, also while another process works on it. */
export interface DataFolderReader {
  readonly events: EventReader;
  readonly readModels: ReadModelReader;
  close(): Promise<void>;
}

interface Closable {
  close(): Promise<void>;
}

interface Parts {
  vault: LmdbVault;
  logs: RootDatabase;
  snapshots: RootDatabase;
  readModels: RootDatabase;
}

/** Everything that the embedded system keeps, in one folder, for one process at a time. */
export class DataFolder implements DataFolderReader {
  readonly events: LmdbEventLog;
  readonly checkpoints: LmdbCheckpoints;
  readonly snapshots: LmdbSnapshots;
  readonly readModels: LmdbReadModels;
  readonly vault: LmdbVault;
  private readonly schedules = new Map<string, LmdbSchedule>();

  private constructor(
    private readonly parts: Readonly<Parts>,
    private readonly lock: FolderLock,
    options: LmdbEventLogOptions,
  ) {
    this.events = new LmdbEventLog(parts.logs, options);
    this.checkpoints = new LmdbCheckpoints(parts.logs);
    this.snapshots = new LmdbSnapshots(parts.snapshots);
    this.readModels = new LmdbReadModels(parts.readModels);
    this.vault = parts.vault;
  }

  /**
   * Opens a folder for reading beside its owner, or for this process alone, then creating it when
   * it is not there.
   * @throws DataFolderLocked another process has it.
   * @throws DataFolderMissing there is none to read.
   * @throws DataFolderTooNew a later version wrote it.
   * @throws DataFolderDamaged
   * @throws Error when the disk is full: what is there could be read, but nothing kept.
   */
  static open(path: string, options: { readonly readOnly: true }): Promise<DataFolderReader>;
  static open(path: string, options: DataFolderOptions): Promise<DataFolder>;
  static open(
    path: string,
    options: DataFolderOptions | { readonly readOnly: true },
  ): Promise<DataFolderReader> {
    const folder = resolve(path);
    return 'readOnly' in options ? openReader(folder) : DataFolder.openAlone(folder, options);
  }

  private static async openAlone(path: string, options: DataFolderOptions): Promise<DataFolder> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const lock = await FolderLock.acquire(path);
    const parts: Partial<Parts> = {};
    try {
      assertSpace(path);
      await ensureFormat(path);
      parts.vault = await LmdbVault.open(path);
      parts.logs = openEnvironment(path, LOG, 'durable');
      parts.snapshots = await openCache(path, SNAPSHOTS, options.log);
      parts.readModels = await openCache(path, READ_MODELS, options.log);
      await syncFolders([dirname(path), path, join(path, LOG), join(path, VAULT)]);
      const folder = new DataFolder(parts as Parts, lock, options);
      await folder.readModels.useVersion(options.readModelsVersion);
      return folder;
    } catch (error) {
      await closeAll(Object.values(parts));
      await lock.release();
      throw error;
    }
  }

  /** What a consumer of the log has to do later. */
  schedule(consumer: string): LmdbSchedule {
    const schedule = this.schedules.get(consumer) ?? new LmdbSchedule(this.parts.logs, consumer);
    this.schedules.set(consumer, schedule);
    return schedule;
  }

  /** Finishes what is under way, closes the files, and lets the next process in. */
  async close(): Promise<void> {
    await this.events.close();
    await this.readModels.close();
    await closeAll([...this.schedules.values()]);
    await closeAll(Object.values(this.parts));
    await this.lock.release();
  }
}

async function openReader(path: string): Promise<DataFolderReader> {
  await checkFormat(path);
  const logs = openEnvironment(path, LOG, 'read-only');
  const readModels = openEnvironment(path, READ_MODELS, 'read-only');
  return {
    events: new LmdbEventReader(new AppendStore(logs), true),
    readModels: new LmdbReadModels(readModels),
    close: () => closeAll([logs, readModels]),
  };
}

/** A new file is only as durable as its name in the folder; LMDB sees to the file alone. */
async function syncFolders(paths: readonly string[]): Promise<void> {
  if (process.platform === 'win32') return;
  for (const path of paths) {
    const folder = await open(path, 'r');
    await folder.sync().finally(() => folder.close());
  }
}

/** A cache that can't be opened costs the time to fill it again, and nothing else. */
async function openCache(path: string, name: string, log?: Log): Promise<RootDatabase> {
  try {
    return openEnvironment(path, name, 'following');
  } catch (error) {
    if (!(error instanceof DataFolderDamaged)) throw error;
    log?.warn('a cache is damaged and starts anew', { cache: name, problem: error.problem });
    await rm(join(path, name), { recursive: true, force: true });
    return openEnvironment(path, name, 'following');
  }
}

async function closeAll(parts: readonly Closable[]): Promise<void> {
  for (const part of parts) await part.close();
}
