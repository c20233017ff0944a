import { freePort } from '../processes/free-port';
import { redisAnswers } from './answers';
import { NativeProcess, temporaryFolder } from './native-process';
import { prepareRedis, type RedisNode } from './native-tools';

/** How much Redis writes to its file, and when; in Redis' own words. */
export type RedisProcessOptions = Pick<RedisNode, 'appendonly' | 'appendfsync'>;

/** A Redis of its own. With `appendonly`, the default, it keeps its data over restarts. */
export class RedisProcess extends NativeProcess {
  readonly url: string;

  private constructor(folder: string, port: number, options: RedisProcessOptions) {
    super({
      name: 'Redis',
      folder,
      command: () => prepareRedis({ folder, port, ...options }),
      answers: () => redisAnswers(port),
    });
    this.url = `redis://127.0.0.1:${port}`;
  }

  /** A Redis that isn't started yet, in a new temporary folder. */
  static async create(options: RedisProcessOptions = {}): Promise<RedisProcess> {
    return new RedisProcess(temporaryFolder('redis'), await freePort(), options);
  }
}
