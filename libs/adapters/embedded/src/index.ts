export { DataFolder, type DataFolderOptions, type DataFolderReader } from './data-folder';
export * from './data-folder.errors';
export { FolderLock } from './folder-lock';
export type { LmdbCheckpoints } from './lmdb-checkpoints';
export type { LmdbEventLog } from './lmdb-event-log';
export type { LmdbReadModels } from './lmdb-read-models';
export type { LmdbSchedule } from './lmdb-schedule';
export type { LmdbSnapshots } from './lmdb-snapshots';
export type { LmdbVault } from './lmdb-vault';
