import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the workspace begins, seen from a source file or from its build. */
export function workspaceRoot(from: string = __dirname): string {
  return existsSync(join(from, 'nx.json')) ? from : workspaceRoot(dirname(from));
}
