import { join } from 'node:path';
import { workspaceRoot } from './workspace-root';

const NODE_FLAGS = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

/** The program of an app, as the build makes it. */
export function builtFile(app: string): string {
  return join(workspaceRoot(), 'dist', 'programs', `${app}.js`);
}

/** The arguments with which Node runs one of the programs in `apps`. Needs the build. */
export function builtProgram(app: string, ...args: readonly string[]): string[] {
  return [...NODE_FLAGS, builtFile(app), ...args];
}
