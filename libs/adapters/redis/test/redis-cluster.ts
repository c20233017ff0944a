import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';

interface NativeCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface NativeRedis {
  prepareRedis(node: Record<string, unknown>): Promise<NativeCommand>;
}

const NODES = 3;
const SLOTS = 16_384;
const REDIS_TOOL = join(__dirname, '..', '..', '..', '..', 'tools', 'native', 'redis.js');
const START_MS_MAX = 20_000;
const POLL_MS = 25;

/** A Redis Cluster of three masters in this machine, without replicas or files. */
export class RedisCluster {
  private readonly children: ChildProcess[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'tollgate-cluster-'));

  /** @param ports for clients, one a node. @param busPorts on which nodes talk to each other. */
  private constructor(
    private readonly ports: readonly number[],
    private readonly busPorts: readonly number[],
  ) {}

  static async start(freePort: () => Promise<number>): Promise<RedisCluster> {
    const ports = await Promise.all(Array.from({ length: 2 * NODES }, freePort));
    const cluster = new RedisCluster(ports.slice(0, NODES), ports.slice(NODES));
    try {
      await Promise.all(ports.slice(0, NODES).map((_, index) => cluster.spawn(index)));
      await cluster.form();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  get nodes(): readonly string[] {
    return this.ports.map((port) => `redis://127.0.0.1:${port}`);
  }

  /** Runs `use` on each node by itself. */
  async each<T>(use: (node: Redis, index: number) => Promise<T>): Promise<T[]> {
    return Promise.all(
      this.ports.map(async (port, index) => {
        const node = new Redis({ port, maxRetriesPerRequest: null });
        node.on('error', () => undefined);
        try {
          return await use(node, index);
        } finally {
          node.disconnect();
        }
      }),
    );
  }

  /** As a node that hangs: its connections stay open, and it answers nothing. */
  pause(index: number): void {
    this.children[index]!.kill('SIGSTOP');
  }

  resume(index: number): void {
    this.children[index]!.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    for (const child of this.children) {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async spawn(index: number): Promise<void> {
    const { prepareRedis } = createRequire(__filename)(REDIS_TOOL) as NativeRedis;
    const port = this.ports[index]!;
    const folder = join(this.folder, String(port));
    const { command, args, env } = await prepareRedis({ folder, port, appendonly: 'no' });
    const clustered = ['--cluster-enabled', 'yes', '--cluster-port', String(this.busPorts[index]!)];
    const child = spawn(command, [...args, ...clustered], {
      env: { ...process.env, ...env },
      stdio: 'ignore',
    });
    process.once('exit', () => child.kill('SIGKILL'));
    this.children[index] = child;
  }

  /** Gives each node its slots, and makes them known to each other. */
  private async form(): Promise<void> {
    await this.each(async (node, index) => {
      const from = Math.ceil((index * SLOTS) / NODES);
      const to = Math.ceil(((index + 1) * SLOTS) / NODES) - 1;
      await node.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
      await node.call('CLUSTER', 'MEET', '127.0.0.1', this.ports[0]!, this.busPorts[0]!);
    });
    await this.each((node) => untilComplete(node));
  }
}

async function untilComplete(node: Redis): Promise<void> {
  for (const deadline = Date.now() + START_MS_MAX; Date.now() < deadline;) {
    const info = String(await node.call('CLUSTER', 'INFO'));
    if (info.includes('cluster_state:ok') && info.includes(`cluster_size:${NODES}`)) return;
    await delay(POLL_MS);
  }
  throw new Error(`the cluster was not complete within ${START_MS_MAX} ms`);
}
