import { setTimeout as delay } from 'node:timers/promises';

const WAIT_MS_MAX = 120_000;
const POLL_MS = 50;

export type Ask = () => Promise<boolean> | boolean;

/** Resolves once it is so; what can not be asked now is not so yet. @throws Error when too late. */
export async function until(what: string, isSo: Ask, waitMs = WAIT_MS_MAX): Promise<void> {
  for (const deadline = Date.now() + waitMs; Date.now() < deadline; await delay(POLL_MS)) {
    if (await asked(isSo)) return;
  }
  throw new Error(`${what}: not within ${waitMs} ms`);
}

async function asked(isSo: Ask): Promise<boolean> {
  try {
    return await isSo();
  } catch {
    return false;
  }
}
