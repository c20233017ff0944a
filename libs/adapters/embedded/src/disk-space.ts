import { statfsSync } from 'node:fs';

/** What must stay free besides the transaction itself: others write to the disk as well. */
const RESERVE_BYTES = 32 * 1024 * 1024;
/** Pages of the trees above what is written, and of the list of free pages. */
const OVERHEAD = 2;

/**
 * Keeps LMDB from ever meeting a full disk. Its binding (lmdb 3.5.6, `mdb_page_flush`) formats the
 * error of a failed write into 100 bytes, which do not hold it, and so damages the memory of the
 * process: that aborts, or worse, goes on.
 * @throws Error when the disk is nearly full.
 */
export function assertSpace(path: string, bytes = 0): void {
  const { bavail, bsize } = statfsSync(path);
  const needed = RESERVE_BYTES + OVERHEAD * bytes;
  if (bavail * bsize >= needed) return;
  throw new Error(`no space left for ${path}: ${bavail * bsize} bytes are free, ${needed} must be`);
}
