import { DistributedSystem } from '@tollgate/testing';
import { placeOf } from './log-place';
import type { Server } from './server';

/**
 * One distributed system for all specs of a process: each takes some ten seconds to start. What is
 * killed are the services; what they stand on has suites of its own.
 */
export class DistributedServer implements Server {
  private static shared: Promise<DistributedSystem> | undefined;

  private constructor(
    private readonly system: DistributedSystem,
    readonly url: string,
  ) {}

  /** Settings of its own are those of one more gateway. */
  static async on(env: NodeJS.ProcessEnv): Promise<DistributedServer> {
    DistributedServer.shared ??= DistributedSystem.start();
    const system = await DistributedServer.shared;
    if (Object.keys(env).length === 0) return new DistributedServer(system, system.url);
    return new DistributedServer(system, await system.addGateway(env as Record<string, string>));
  }

  /** When the last spec is over. */
  static async removeShared(): Promise<void> {
    await (await DistributedServer.shared)?.remove();
  }

  get operatorKey(): string {
    return this.system.operatorKey;
  }

  get place(): string {
    const { eventStore, redis } = this.system.backends;
    return placeOf(eventStore.connectionString, redis.url);
  }

  get pid(): number | undefined {
    return this.system.named('gateway')[0]!.pid;
  }

  get written(): string {
    return this.system.services.map(({ written }) => written).join('\n');
  }

  async start(): Promise<void> {
    const ended = this.system.services.filter(({ pid }) => pid === undefined);
    await Promise.all(ended.map((service) => service.start()));
  }

  async stop(): Promise<number> {
    for (const service of [...this.system.services].reverse()) await service.stop();
    return 0;
  }

  async kill(): Promise<void> {
    await Promise.all(this.system.services.map((service) => service.kill()));
  }
}
