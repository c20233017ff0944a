import type { Schedule, ScheduledJob } from '@tollgate/ports';
import { CHECKPOINTS_KEY } from './redis-checkpoints';
import type { RedisConnection } from './redis-connection';
import { Script } from './script';

/** Keys of every script: the jobs' times by name, and their details by name. */
const putScript = new Script(`
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
`);

const removeScript = new Script(`
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
`);

/** Answers name, time and detail of each job, one after the other. */
const dueScript = new Script(`
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local answer = {}
for index = 1, #due, 2 do
  local detail = redis.call('HGET', KEYS[2], due[index])
  if detail then
    answer[#answer + 1] = due[index]
    answer[#answer + 1] = due[index + 1]
    answer[#answer + 1] = detail
  end
end
return answer
`);

/**
 * The jobs of one consumer. The hash tag puts them into the slot of the checkpoints: a node of a
 * Cluster that loses its data loses both, so that no checkpoint stands beyond a job that is gone.
 * All methods throw RedisUnavailable while Redis is away.
 */
export class RedisSchedule implements Schedule {
  private readonly keys: readonly [dueTimes: string, details: string];

  constructor(
    private readonly redis: RedisConnection,
    consumer: string,
  ) {
    const prefix = `tollgate:schedule:{${CHECKPOINTS_KEY}}:${consumer}`;
    this.keys = [`${prefix}:due`, `${prefix}:details`];
  }

  async put({ name, dueAt, detail }: ScheduledJob): Promise<void> {
    await this.run(putScript, name, String(dueAt), detail);
  }

  async remove(name: string): Promise<void> {
    await this.run(removeScript, name);
  }

  async due(now: number, limit: number): Promise<readonly ScheduledJob[]> {
    const fields = (await this.run(dueScript, String(now), String(limit))) as readonly string[];
    return Array.from({ length: fields.length / 3 }, (_, index) => {
      const [name, dueAt, detail] = fields.slice(3 * index);
      return { name: name!, dueAt: Number(dueAt), detail: detail! };
    });
  }

  private run(script: Script, ...args: readonly string[]): Promise<unknown> {
    return this.redis.send((client) => script.run(client, this.keys, args));
  }
}
