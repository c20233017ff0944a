import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface KeptSecret {
  readonly value: string;
  /** True when this start made it. */
  readonly isNew: boolean;
}

/** The key of the operator's routes, from the data folder or new. */
export function operatorKeyIn(dataDir: string): KeptSecret {
  return keep(
    join(dataDir, 'operator-key'),
    () => `tg_operator_${randomBytes(24).toString('hex')}`,
  );
}

/** The secret that API keys are derived from; without it no lost key can be shown again. */
export function keySecretIn(dataDir: string): KeptSecret {
  return keep(join(dataDir, 'key-secret'), () => randomBytes(32).toString('hex'));
}

/** Written whole under another name first, so that a crash leaves no half of a secret. */
function keep(path: string, make: () => string): KeptSecret {
  if (existsSync(path)) {
    const value = readFileSync(path, 'utf8').trim();
    if (value === '') throw new Error(`${path} is empty; delete it to have a new one made`);
    return { value, isNew: false };
  }
  const value = make();
  const draft = `${path}.new`;
  // One that lies there already may be open to others.
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, `${value}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  syncFolder(dirname(path));
  return { value, isNew: true };
}

/** A new name is on the disk only with its folder; the secret is shown or used right away. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
