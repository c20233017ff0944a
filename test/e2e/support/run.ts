import { spawn } from 'node:child_process';
import { builtProgram, freePort } from '@tollgate/testing';

/** Past it a program counts as hanging. */
const RUN_MS_MAX = 180_000;
const READY = 'Tollgate is ready';

/** How a program ended, and everything that it wrote. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Run {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program once it has written this. */
  readonly until?: string;
}

/** Runs one of the built programs to its end. */
export function runApp(app: string, { args = [], env = {}, until }: Run = {}): Promise<Ended> {
  const child = spawn(process.execPath, builtProgram(app, ...args), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (until !== undefined && out.includes(until)) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${app} ${args.join(' ')} did not end: ${out}${err}`));
    }, RUN_MS_MAX);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, out, err });
    });
  });
}

/** Starts the system; when it comes up after all it is stopped again, in order. */
export async function tryToStart(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return runApp('standalone', {
    env: {
      TOLLGATE_PORT: String(await freePort()),
      TOLLGATE_HOST: '127.0.0.1',
      TOLLGATE_DATA_DIR: dataDir,
      ...env,
    },
    until: READY,
  });
}

/** The command line. Nothing of this test's own settings shows through. */
export function cli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return runApp('cli', { args, env });
}

/** What a program that can't do its work must look like. */
export function expectRefusal({ code, signal, out, err }: Ended, ...told: readonly string[]): void {
  expect({ code, signal }).toEqual({ code: 1, signal: null });
  expect(out).not.toContain(READY);
  for (const text of told) expect(err).toContain(text);
  expect(err).not.toMatch(/^\s+at /m);
  expect(err).not.toContain('node:internal');
}
