import { run } from '../src/run';

export interface Finished {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line, whatever is set around it, and gives what it wrote. */
export function runCli(...args: readonly string[]): Promise<Finished> {
  return runCliIn({}, ...args);
}

/** The same with these settings around it, and no others of ours. */
export async function runCliIn(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Finished> {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('TOLLGATE_')) delete process.env[name];
  }
  Object.assign(process.env, env);
  let out = '';
  let err = '';
  const exitCode = await run(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    isWatched: false,
  });
  return { exitCode, out, err };
}
