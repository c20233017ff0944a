import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailure } from './failure';

/** A key, and where it was found: the first thing to look at when it is not accepted. */
export interface ApiKey {
  readonly value: string;
  readonly source: string;
}

const FILE = 'operator-key';

/** @throws CommandFailure naming every place that was looked at. */
export function operatorKeyFrom(given: string | undefined, dataDir: string): ApiKey {
  if (given !== undefined) {
    return { value: given, source: '--operator-key or TOLLGATE_OPERATOR_KEY' };
  }
  const path = join(dataDir, FILE);
  const value = textIn(path);
  if (value !== undefined) return { value, source: path };
  throw new CommandFailure('no operator key', [
    'give it with --operator-key or TOLLGATE_OPERATOR_KEY,',
    `or keep it in ${path}, where a server on that data folder writes it;`,
    'another data folder is named with --data or TOLLGATE_DATA_DIR',
  ]);
}

/** @throws CommandFailure */
export function accountKeyFrom(given: string | undefined): ApiKey {
  if (given !== undefined) return { value: given, source: '--api-key or TOLLGATE_API_KEY' };
  throw new CommandFailure('no API key', [
    "give the key of a team's main account with --api-key or TOLLGATE_API_KEY",
    'a new one is made with: tollgate keys issue <team> --name <name>',
  ]);
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
