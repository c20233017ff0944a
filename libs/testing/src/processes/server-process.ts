import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { builtProgram } from './built-program';
import { endProcess } from './end-process';
import { freePort } from './free-port';

const START_MS_MAX = 60_000;
const POLL_MS = 25;

export interface ServerProcessOptions {
  readonly dataDir: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * The embedded system as a process of its own, as `npm start` runs it, so that it can be killed
 * like one. It keeps its port and its data folder over restarts. Needs the build.
 */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly url: string,
    readonly operatorKey: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async on({ dataDir, env = {} }: ServerProcessOptions): Promise<ServerProcess> {
    const port = await freePort();
    const operatorKey = 'tg_operator_of_a_test_run';
    return new ServerProcess(`http://127.0.0.1:${port}`, operatorKey, {
      ...process.env,
      TOLLGATE_PORT: String(port),
      TOLLGATE_HOST: '127.0.0.1',
      TOLLGATE_DATA_DIR: dataDir,
      TOLLGATE_OPERATOR_KEY: operatorKey,
      TOLLGATE_RATE_LIMIT_PER_MINUTE: '0',
      ...env,
    });
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** What the process wrote since it was started last. */
  get written(): string {
    return this.output;
  }

  /** Resolves when the system is ready. @throws Error with what the process wrote, if it ends. */
  async start(): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, builtProgram('standalone'), {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    await this.untilReady(child);
  }

  /** As a power cut would: nothing is flushed, nobody is told. */
  kill(): Promise<number | null> {
    return this.end('SIGKILL');
  }

  /** Asks it to stop in order. Answers the exit code; null when it died of a signal. */
  stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  private async untilReady(child: ChildProcess): Promise<void> {
    for (const deadline = Date.now() + START_MS_MAX; Date.now() < deadline;) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`the server ended with ${child.exitCode}: ${this.output}`);
      }
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.ok === true) return;
      await delay(POLL_MS);
    }
    throw new Error(`the server was not ready within ${START_MS_MAX} ms: ${this.output}`);
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (child === undefined) return null;
    this.child = undefined;
    return endProcess(child, signal);
  }
}
