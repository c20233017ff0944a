import { join } from 'node:path';
import { workspaceRoot, type NativeCommand } from '@tollgate/testing';

const NODE_FLAGS = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

/** How to start the build of an app. */
export function nodeProgram(
  app: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): NativeCommand {
  const main = join(workspaceRoot(), 'dist', 'apps', app, 'src', 'main.js');
  return { command: process.execPath, args: [...NODE_FLAGS, main, ...args], env };
}
