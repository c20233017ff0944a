import { CommandFailure } from '../failure';
import type { Books } from './books';

/** Errors that say all there is to say, by name: their classes are loaded with the database. */
const PLAIN_FAULTS = ['DataFolderDamaged', 'DataFolderTooNew', 'LogCorrupt'];

/** Lets `work` read the data folder, also while a server works on it. */
export async function withFolder<Result>(
  path: string,
  work: (books: Books) => Promise<Result>,
): Promise<Result> {
  // Loads the database: no other command shall wait for that.
  const { DataFolder } = await import('@tollgate/adapter-embedded');
  try {
    const folder = await DataFolder.open(path, { readOnly: true });
    try {
      return await work(folder);
    } finally {
      await folder.close();
    }
  } catch (fault) {
    throw explained(fault as Error);
  }
}

function explained(fault: Error): Error {
  const { name, message } = fault;
  if (name === 'DataFolderMissing') {
    return new CommandFailure(message, ['name it with --data or TOLLGATE_DATA_DIR']);
  }
  return PLAIN_FAULTS.includes(name) ? new CommandFailure(message) : fault;
}
