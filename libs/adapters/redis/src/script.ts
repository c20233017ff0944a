import { createHash } from 'node:crypto';
import type { RedisClient } from './redis-connection';

/** ioredis takes lists as arguments, which its types don't say; spread, thousands would not do. */
interface ScriptRunner {
  evalsha(sha: string, keys: number, args: readonly string[]): Promise<unknown>;
  eval(source: string, keys: number, args: readonly string[]): Promise<unknown>;
}

/** A Lua script: all or nothing, and nothing in between. Its keys must be of one slot. */
export class Script {
  private readonly sha: string;

  constructor(private readonly source: string) {
    this.sha = createHash('sha1').update(source).digest('hex');
  }

  async run(
    client: RedisClient,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<unknown> {
    const runner = client as unknown as ScriptRunner;
    const all = keys.concat(args);
    try {
      return await runner.evalsha(this.sha, keys.length, all);
    } catch (fault) {
      // A Redis that was started anew does not know the script yet.
      if (!(fault instanceof Error && fault.message.startsWith('NOSCRIPT'))) throw fault;
      return runner.eval(this.source, keys.length, all);
    }
  }
}
