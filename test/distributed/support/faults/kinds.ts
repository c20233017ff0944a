import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectRedis } from '@tollgate/adapter-redis';
import type { DistributedSystem } from '@tollgate/testing';
import type { Random } from '../../../e2e/support/random';
import { programOf, type Fault, type Part } from './fault';

const DOWN_MS_MAX = 400;
/** Longer than the session of a consumer, see DistributedSystem. */
const PAUSE_MS = 4_500;
/** How old the copy is that a Redis is put back from. */
const COPY_AGE_MS = 2_000;
const REDIS_FILES = 'appendonlydir';

/** What is there to be broken, and the chance that decides how. */
export interface Stage {
  readonly system: DistributedSystem;
  readonly random: Random;
}

/** As a crash, or a machine that goes away: it comes back after a moment. */
export function killed({ system, random }: Stage, part: Part): Fault {
  const inflict = async (): Promise<void> => {
    const program = programOf(system, part, random);
    await program.kill();
    await delay(random.integer(0, DOWN_MS_MAX));
    await program.start();
  };
  return { name: `${part} killed`, part, inflict };
}

/** It believes that nothing happened when it goes on; its successor decided meanwhile. */
export function billingPaused({ system, random }: Stage): Fault {
  const inflict = async (): Promise<void> => {
    const program = programOf(system, 'billing', random);
    program.pause();
    await delay(PAUSE_MS);
    program.resume();
  };
  return { name: 'billing paused', part: 'billing', inflict };
}

/** Connections that are cut after the commit: nobody knows what became of their appends. */
export function answersLost({ system }: Stage): Fault {
  const { eventStore } = system.backends;
  const inflict = async (): Promise<void> => {
    await eventStore.setFaults({ append: 'answer-lost-after-commit', count: 5 });
    await eventStore.setFaults({ cutStreams: true, cutReads: true });
  };
  return { name: 'event log cut off', part: 'devstore', inflict };
}

export function redisFlushed({ system }: Stage): Fault {
  const inflict = async (): Promise<void> => flush(system.backends.redis.url);
  return { name: 'Redis emptied', part: 'Redis', inflict };
}

/** From a copy that was made a moment before, as from a backup. */
export function redisPutBack({ system }: Stage): Fault {
  const { redis } = system.backends;
  const inflict = async (): Promise<void> => {
    const files = join(redis.folder, REDIS_FILES);
    const copy = join(redis.folder, 'copy');
    await cp(files, copy, { recursive: true });
    await delay(COPY_AGE_MS);
    await redis.kill();
    await rm(files, { recursive: true });
    await cp(copy, files, { recursive: true });
    await redis.start();
  };
  return { name: 'Redis put back', part: 'Redis', inflict };
}

export async function flush(url: string): Promise<void> {
  const nothing = (): void => undefined;
  const log = { info: nothing, warn: nothing, error: nothing };
  const redis = connectRedis({ url, log });
  try {
    await redis.send((client) => client.flushall());
  } finally {
    redis.close();
  }
}
