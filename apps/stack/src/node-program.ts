import { builtProgram, type NativeCommand } from '@tollgate/testing';

/** How to start the build of an app. */
export function nodeProgram(
  app: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): NativeCommand {
  return { command: process.execPath, args: builtProgram(app, ...args), env };
}
