import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { temporaryFolder } from '../services/native-process';
import { whenThisProcessIsGone } from '../services/watchdog';
import { builtProgram } from './built-program';
import { endProcess } from './end-process';
import { freePort } from './free-port';

const READY = 'Tollgate is ready';
/** So that those who were killed are given up soon. */
const SESSION_TIMEOUT_MS = '3000';
/** A program that dies may still add a file while its folder is deleted. */
const RETRIES = 5;

/** Of those parts that others talk to. */
interface Ports {
  readonly gateway: number;
  readonly kafka: number;
  readonly redis: number;
  readonly eventStore: number;
}

/**
 * The distributed system as a process of its own, as `npm run stack` runs it. It keeps its ports
 * and its folder over restarts, and never outlives this process. Needs the build.
 */
export class StackProcess {
  readonly operatorKey = 'tg_operator_of_a_test_run';
  readonly url: string;
  readonly eventStore: string;
  readonly redis: string;
  private readonly env: NodeJS.ProcessEnv;
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly ports: Ports,
    /** Where it keeps everything. */
    readonly folder: string,
  ) {
    this.url = `http://127.0.0.1:${ports.gateway}`;
    this.eventStore = `esdb://127.0.0.1:${ports.eventStore}?tls=false`;
    this.redis = `redis://127.0.0.1:${ports.redis}`;
    this.env = {
      ...process.env,
      TOLLGATE_STACK_DIR: folder,
      TOLLGATE_PORT: String(ports.gateway),
      TOLLGATE_STACK_KAFKA_PORT: String(ports.kafka),
      TOLLGATE_STACK_REDIS_PORT: String(ports.redis),
      TOLLGATE_STACK_EVENTSTOREDB_PORT: String(ports.eventStore),
      TOLLGATE_STACK_CONTROLLER_PORT: '0',
      TOLLGATE_STACK_HEALTH_PORT: '0',
      TOLLGATE_OPERATOR_KEY: this.operatorKey,
      TOLLGATE_RATE_LIMIT_PER_MINUTE: '0',
      TOLLGATE_KAFKA_SESSION_TIMEOUT_MS: SESSION_TIMEOUT_MS,
    };
  }

  /** A stack that isn't started yet, in a new temporary folder. */
  static async create(): Promise<StackProcess> {
    const ports = {
      gateway: await freePort(),
      kafka: await freePort(),
      redis: await freePort(),
      eventStore: await freePort(),
    };
    return new StackProcess(ports, temporaryFolder('stack'));
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** What it wrote since it was started last. */
  get written(): string {
    return this.output;
  }

  /** Resolves when the whole system is ready. @throws Error with what was written, if it ends. */
  start(): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, builtProgram('stack'), {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const kill = ['sh', '-c', 'kill -9 "$1"', 'watchdog', String(child.pid)];
    child.once('exit', whenThisProcessIsGone(kill));
    return new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          this.output += chunk.toString();
          if (this.output.includes(READY)) resolve();
        });
      }
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`the stack ended (${code}): ${this.output}`)));
    });
  }

  /** As a power cut would: all its parts go with it. */
  kill(): Promise<number | null> {
    return this.end('SIGKILL');
  }

  /** Asks it to stop in order. Answers the exit code; null when it died of a signal. */
  stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Stops it if it runs, and deletes what it kept. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: RETRIES });
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (child === undefined) return null;
    this.child = undefined;
    return endProcess(child, signal);
  }
}
