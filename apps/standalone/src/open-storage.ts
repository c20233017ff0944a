import { DataFolder } from '@tollgate/adapter-embedded';
import type { Log } from '@tollgate/ports';
import { READ_MODELS_VERSION } from '@tollgate/projections';

/** Opens the data folder for this process alone; it stays locked until the process ends. */
export function openStorage(dataDir: string, log: Log): Promise<DataFolder> {
  return DataFolder.open(dataDir, { readModelsVersion: READ_MODELS_VERSION, log });
}
