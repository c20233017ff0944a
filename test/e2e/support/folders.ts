import { createHash } from 'node:crypto';
import { cpSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of one spec file, which go when it is through. */
export class Folders {
  private readonly made: string[] = [];

  async empty(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'tollgate-e2e-'));
    this.made.push(folder);
    return folder;
  }

  async copyOf(original: string): Promise<string> {
    const folder = await this.empty();
    cpSync(original, folder, { recursive: true });
    return folder;
  }

  async remove(): Promise<void> {
    for (const folder of this.made) await rm(folder, { recursive: true, force: true });
  }
}

/** Hashes of the files of a folder, without those that say who works on it. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .filter((file) => file !== 'lock' && !file.endsWith('lock.mdb'));
  return Object.fromEntries(
    files.sort().map((file) => {
      const bytes = readFileSync(join(folder, file));
      return [file, createHash('sha256').update(bytes).digest('hex')];
    }),
  );
}
