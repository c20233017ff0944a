import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TypeScriptProcess } from '../processes/typescript-process';
import { REDIS } from './service-kinds';

const OWNER = join(__dirname, '..', '..', 'test', 'redis-owner.ts');
const GONE_MS_MAX = 5000;

/** A process that has started a Redis, of which it says the process id and the folder. */
async function owner(...args: string[]): Promise<[TypeScriptProcess, number, string]> {
  const process = new TypeScriptProcess(OWNER, args);
  const [, pid, folder] = (await process.line(/^started/)).split(' ');
  return [process, Number(pid), String(folder)];
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function untilGone(pid: number, folder: string): Promise<boolean> {
  for (const deadline = Date.now() + GONE_MS_MAX; Date.now() < deadline; await delay(20)) {
    if (!isAlive(pid) && !existsSync(folder)) return true;
  }
  return false;
}

describe('a service that a test run started', () => {
  beforeAll(() => REDIS.ensureNative());

  it('is gone with its folder after the run was killed', async () => {
    const [run, pid, folder] = await owner();
    expect(isAlive(pid)).toBe(true);
    expect(existsSync(folder)).toBe(true);
    await run.kill('SIGKILL');
    expect(await untilGone(pid, folder)).toBe(true);
  });

  it('is gone even when it was paused', async () => {
    const [run, pid, folder] = await owner('paused');
    await run.kill('SIGKILL');
    expect(await untilGone(pid, folder)).toBe(true);
  });

  it('is gone after the run was asked to stop', async () => {
    const [run, pid, folder] = await owner();
    await run.kill('SIGTERM');
    expect(await untilGone(pid, folder)).toBe(true);
  });
});
