import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { DataFolderLocked } from './data-folder.errors';

const FILE = 'lock';

/**
 * Keeps a data folder to one process. The lock belongs to an open file, so that the kernel
 * releases it however the process ends; the file itself says nothing.
 */
export class FolderLock {
  private constructor(private readonly file: FileHandle) {}

  /** @throws DataFolderLocked when another process, or another opener in this one, holds it. */
  static async acquire(path: string): Promise<FolderLock> {
    const file = await open(join(path, FILE), 'a+', 0o600);
    if (!tryLock(file.fd)) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(32), 0, 32, 0);
      await file.close();
      throw new DataFolderLocked(path, buffer.toString('utf8', 0, bytesRead).trim());
    }
    await file.truncate();
    await file.write(`${process.pid}\n`);
    return new FolderLock(file);
  }

  async release(): Promise<void> {
    await this.file.close();
  }
}
