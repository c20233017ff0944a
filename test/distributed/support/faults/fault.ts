import type { DistributedSystem, RedisProcess } from '@tollgate/testing';
import type { Random } from '../../../e2e/support/random';

/** What every part of the system is to those who break it. */
export type Program = Pick<RedisProcess, 'kill' | 'start' | 'pause' | 'resume' | 'written'>;

export const KILLED = ['billing', 'projection', 'gateway', 'devstore', 'Kafka', 'Redis'] as const;
export type Part = (typeof KILLED)[number] | 'messaging';

/** Something that breaks, and is whole again in the end. */
export interface Fault {
  readonly name: string;
  /** Of two faults of the same part the one would undo the other. */
  readonly part: Part;
  inflict(): Promise<void>;
}

/** One of the programs that do the work of a part. */
export function programOf(system: DistributedSystem, part: Part, random: Random): Program {
  const { kafka, redis, eventStore } = system.backends;
  switch (part) {
    case 'devstore':
      return eventStore;
    case 'Kafka':
      return kafka;
    case 'Redis':
      return redis;
    default:
      return random.of(system.named(part));
  }
}
