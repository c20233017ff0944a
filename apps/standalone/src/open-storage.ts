import { DataFolder, DataFolderDamaged } from '@tollgate/adapter-embedded';
import type { Log } from '@tollgate/ports';
import { READ_MODELS_VERSION } from '@tollgate/projections';

/**
 * Opens the data folder for this process alone; it stays locked until the process ends.
 * @throws as DataFolder.open.
 */
export async function openStorage(dataDir: string, log: Log): Promise<DataFolder> {
  const folder = await DataFolder.open(dataDir, { readModelsVersion: READ_MODELS_VERSION, log });
  const problem = await problemOf(folder);
  if (problem === undefined) return folder;
  await folder.close();
  throw new DataFolderDamaged(dataDir, problem);
}

/**
 * Read models follow the log, which is on the disk before they are. When they know more, the log
 * was lost, cut back or put back from an older copy: to go on would be to forget charges.
 */
async function problemOf({ events, readModels }: DataFolder): Promise<string | undefined> {
  const shown = await readModels.checkpoint();
  if (shown <= events.head) return undefined;
  const ends = `the log ends at position ${events.head}, its read models at ${shown}`;
  return `${ends}; put the whole log back, or delete read-models to go on without the rest`;
}
