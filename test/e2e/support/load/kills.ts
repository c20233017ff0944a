import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random';
import type { System } from '../system';
import type { History } from './history';
import type { Load } from './load';

/** A life ends after so many answers at most, or when it takes longer than that. */
const ANSWERS_MAX = 250;
const UP_MS_MAX = 3_000;
const STARTING_MS_MAX = 2_000;
const KILL_WHILE_STARTING = 0.15;

export interface Kills {
  readonly count: number;
  readonly random: Random;
  /** What the processes wrote before they were killed. */
  readonly onWritten: (output: string) => void;
}

/** Kills the system again and again while clients work, some of it while it is starting. */
export async function killUnderLoad(
  system: System,
  { gate, history }: Load,
  { count, random, onWritten }: Kills,
): Promise<void> {
  const { server } = system;
  for (let killed = 0; killed < count; killed += 1) {
    if (random.isLucky(KILL_WHILE_STARTING)) {
      const starting = server.start().catch(() => undefined);
      await delay(random.integer(1, STARTING_MS_MAX));
      await server.kill();
      await starting;
    } else {
      await server.start();
      gate.open();
      await untilTold(history, random.integer(1, ANSWERS_MAX));
      await server.kill();
      gate.close();
    }
    onWritten(server.written);
  }
}

async function untilTold(history: History, answers: number): Promise<void> {
  const enough = history.answers + answers;
  for (const deadline = Date.now() + UP_MS_MAX; Date.now() < deadline; await delay(1)) {
    if (history.answers >= enough) return;
  }
}
