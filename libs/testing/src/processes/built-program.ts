import { join } from 'node:path';
import { workspaceRoot } from './workspace-root';

const NODE_FLAGS = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

/** The arguments with which Node runs one of the programs in `apps`. Needs the build. */
export function builtProgram(app: string, ...args: readonly string[]): string[] {
  return [...NODE_FLAGS, join(workspaceRoot(), 'dist', 'apps', app, 'src', 'main.js'), ...args];
}
