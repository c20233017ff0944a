import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  open,
  type Database,
  type DatabaseOptions,
  type Key,
  type RootDatabase,
  type RootDatabaseOptions,
} from 'lmdb';
import { DataFolderDamaged } from './data-folder.errors';
import { assertSpace } from './disk-space';
import { problemOf } from './lmdb-file';

/**
 * `overlappingSync: false` makes a promise of lmdb mean what ours says. A trace of the system
 * calls shows: the pages (writev), fdatasync, then the page that makes them count through a
 * descriptor opened with O_DSYNC, and only after these does the promise resolve. Without
 * `eventTurnBatching` a batch has one promise, the caller's; with it lmdb keeps another one of
 * its own, which nobody can handle when a commit fails.
 */
const DURABLE: RootDatabaseOptions = { overlappingSync: false, eventTurnBatching: false };

/**
 * Promises resolve when the writes show, and the disk follows later. What the disk holds is some
 * earlier committed state, never a mixture, whenever the machine stops.
 */
const FOLLOWING: RootDatabaseOptions = { overlappingSync: true, eventTurnBatching: false };

const READ_ONLY: RootDatabaseOptions = { readOnly: true };

/** Durable, in files that nobody but their owner reads. The binding's types leave the mode out. */
const SECRET: RootDatabaseOptions & { readonly permissionsMode: number } = {
  ...DURABLE,
  permissionsMode: 0o600,
};

export type EnvironmentMode = 'durable' | 'following' | 'read-only' | 'secret';

const OPTIONS: Readonly<Record<EnvironmentMode, RootDatabaseOptions>> = {
  durable: DURABLE,
  following: FOLLOWING,
  'read-only': READ_ONLY,
  secret: SECRET,
};

/**
 * Opens one LMDB environment, a folder inside the data folder.
 * @throws DataFolderDamaged when its file is not what LMDB wrote.
 */
export function openEnvironment(path: string, name: string, mode: EnvironmentMode): RootDatabase {
  const folder = join(path, name);
  const problem = problemOf(join(folder, 'data.mdb'));
  if (problem !== undefined) throw new DataFolderDamaged(path, `${name}/data.mdb: ${problem}`);
  if (mode !== 'read-only') mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return open(folder, { noSubdir: false, ...OPTIONS[mode] });
  } catch (error) {
    throw new DataFolderDamaged(path, `${name}: ${(error as Error).message}`);
  }
}

/** Options of one database, with the encoder that lmdb's types leave out. */
export interface LmdbDatabaseOptions extends DatabaseOptions {
  readonly encoder?: object;
}

/**
 * Opens one database of an environment, creating it unless that is read-only.
 * @throws DataFolderDamaged when a read-only environment has no such database.
 */
export function openDatabase<Value, DatabaseKey extends Key>(
  environment: RootDatabase,
  name: string,
  options: LmdbDatabaseOptions = {},
): Database<Value, DatabaseKey> {
  const database: Database<Value, DatabaseKey> | undefined = environment.openDB(name, options);
  if (database !== undefined) return database;
  throw new DataFolderDamaged(pathOf(environment), `database ${name} is missing`);
}

/**
 * One transaction; resolves and rejects as the environment's mode says.
 * @param bytes about what it writes, when that may be much.
 */
export async function transact(
  environment: RootDatabase,
  write: () => void,
  bytes?: number,
): Promise<void> {
  assertSpace(pathOf(environment), bytes);
  await environment.batch(write);
}

function pathOf(environment: RootDatabase): string {
  return (environment as RootDatabase & { readonly path: string }).path;
}
