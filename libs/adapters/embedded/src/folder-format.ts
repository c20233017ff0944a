import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolderDamaged, DataFolderMissing, DataFolderTooNew } from './data-folder.errors';

/** Raised when an older version could misread what this one writes. */
export const FOLDER_FORMAT = 1;

const FILE = 'format.json';
const LOG = 'log';

/**
 * @throws DataFolderMissing the folder holds nothing yet.
 * @throws DataFolderDamaged the record is gone or can't be read, but the folder holds a log.
 * @throws DataFolderTooNew
 */
export async function checkFormat(path: string): Promise<void> {
  const file = join(path, FILE);
  if (!existsSync(file)) {
    if (existsSync(join(path, LOG))) throw new DataFolderDamaged(path, `${FILE} is missing`);
    throw new DataFolderMissing(path);
  }
  const format = formatIn(await readFile(file, 'utf8'));
  if (format === undefined) throw new DataFolderDamaged(path, `${FILE} can not be read`);
  if (format > FOLDER_FORMAT) throw new DataFolderTooNew(path, format, FOLDER_FORMAT);
}

/** Writes the record whole or not at all, before anything else is in the folder. */
export async function writeFormat(path: string): Promise<void> {
  const draft = join(path, `${FILE}.new`);
  const file = await open(draft, 'w', 0o600);
  await file.write(`${JSON.stringify({ format: FOLDER_FORMAT })}\n`);
  await file.sync();
  await file.close();
  await rename(draft, join(path, FILE));
}

function formatIn(text: string): number | undefined {
  try {
    const { format } = JSON.parse(text) as { format?: unknown };
    return Number.isSafeInteger(format) && Number(format) > 0 ? Number(format) : undefined;
  } catch {
    return undefined;
  }
}
