import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

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
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeSync(file, `${value}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
  return { value, isNew: true };
}
