import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolderDamaged, DataFolderMissing, DataFolderTooNew } from './data-folder.errors';

/** Raised when an older version could misread what this one writes. 2: there is a vault. */
export const FOLDER_FORMAT = 2;

const FILE = 'format.json';
const LOG = 'log';
const VAULT = 'vault';

/**
 * Makes a new folder, or one of an earlier format, one of this format.
 * @throws DataFolderDamaged the record is gone or can't be read, but the folder holds a log; or
 *   the vault is gone, without which much of the log can never be read again.
 * @throws DataFolderTooNew
 */
export async function ensureFormat(path: string): Promise<void> {
  const format = await formatOf(path);
  const vault = join(path, VAULT);
  if (format === FOLDER_FORMAT) {
    if (!existsSync(vault)) throw new DataFolderDamaged(path, `${VAULT} is missing`);
    return;
  }
  await mkdir(vault, { recursive: true, mode: 0o700 });
  await writeFormat(path);
}

/**
 * @throws DataFolderMissing the folder holds nothing yet.
 * @throws DataFolderDamaged as {@link ensureFormat}.
 * @throws DataFolderTooNew
 */
export async function checkFormat(path: string): Promise<void> {
  if ((await formatOf(path)) === undefined) throw new DataFolderMissing(path);
}

/** Undefined for a folder that holds nothing yet. */
async function formatOf(path: string): Promise<number | undefined> {
  const file = join(path, FILE);
  if (!existsSync(file)) {
    if (existsSync(join(path, LOG))) throw new DataFolderDamaged(path, `${FILE} is missing`);
    return undefined;
  }
  const format = formatIn(await readFile(file, 'utf8'));
  if (format === undefined) throw new DataFolderDamaged(path, `${FILE} can not be read`);
  if (format > FOLDER_FORMAT) throw new DataFolderTooNew(path, format, FOLDER_FORMAT);
  return format;
}

/** Writes the record whole or not at all, before anything but an empty vault is in the folder. */
async function writeFormat(path: string): Promise<void> {
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
