import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random';
import type { System } from '../system';
import type { Load } from './load';

const UP_MS_MAX = 700;
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
  { gate }: Load,
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
      await delay(random.integer(1, UP_MS_MAX));
      await server.kill();
      gate.close();
    }
    onWritten(server.written);
  }
}
