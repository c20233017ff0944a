import { setTimeout as delay } from 'node:timers/promises';

const START_MS_MAX = 60_000;
const POLL_MS = 25;

/** Resolves when the service answers. @throws Error when it doesn't for a whole minute. */
export async function untilAnswering(name: string, answers: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + START_MS_MAX; Date.now() < deadline;) {
    if (await answers()) return;
    await delay(POLL_MS);
  }
  throw new Error(`${name} did not answer within ${START_MS_MAX} ms`);
}
