import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess } from '../processes/end-process';
import type { NativeCommand } from './native-tools';
import { untilAnswering } from './until-answering';
import { whenThisProcessIsGone } from './watchdog';

/** Tried twice, since a dying program may still add a file while its folder is deleted. */
const KILL_AND_REMOVE = 'kill -9 "$1"; rm -rf "$2" || { sleep 1; rm -rf "$2"; }';

export interface NativeProcessOptions {
  /** For messages: "Kafka". */
  readonly name: string;
  /** Belongs to the program alone, and goes when it goes. */
  readonly folder: string;
  readonly command: () => Promise<NativeCommand>;
  /** Whether the service answers its clients. */
  readonly answers: () => Promise<boolean>;
}

/**
 * A service as a program of its own, so that a test can stop, kill, pause and start it again. It
 * keeps its port and its folder over restarts, and never outlives this process.
 */
export class NativeProcess {
  private child: ChildProcess | undefined;
  private output = '';
  private lastExitCode: number | null = null;

  protected constructor(private readonly options: NativeProcessOptions) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** How the program ended that was stopped last; null when a signal ended it. */
  get exitCode(): number | null {
    return this.lastExitCode;
  }

  /** Where the program keeps its files. */
  get folder(): string {
    return this.options.folder;
  }

  /** What the program wrote since it was started last: warnings and errors. */
  get written(): string {
    return this.output;
  }

  /** Resolves when the program answers. @throws Error with what it wrote, if it ends. */
  async start(): Promise<void> {
    if (this.child !== undefined) throw new Error(`${this.options.name} was started already`);
    const child = this.spawn(await this.options.command());
    this.child = child;
    try {
      await this.untilAnswering(child);
    } catch (error) {
      await this.kill();
      throw new Error(`${String(error)}: ${this.output}`, { cause: error });
    }
  }

  /** Asks it to stop in order. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** As a crash would: nobody is told. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** As a program that hangs: connections stay open, nothing is answered. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** Kills it if it runs, and deletes what it kept. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.options.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    this.lastExitCode = await endProcess(child, signal);
  }

  private spawn({ command, args, env }: NativeCommand): ChildProcess {
    this.output = '';
    const child = spawn(command, args, {
      cwd: this.options.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.on('error', (error) => (this.output += error.message));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    if (child.pid !== undefined) this.watch(child, child.pid);
    return child;
  }

  private watch(child: ChildProcess, pid: number): void {
    const command = ['sh', '-c', KILL_AND_REMOVE, 'watchdog', String(pid), this.options.folder];
    child.once('exit', whenThisProcessIsGone(command));
  }

  private async untilAnswering(child: ChildProcess): Promise<void> {
    const { name, answers } = this.options;
    await untilAnswering(name, async () => hasEnded(child) || (await answers()));
    if (hasEnded(child)) throw new Error(`${name} ended at its start`);
  }
}

/** A program that could not be started has no process id. */
function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** A new folder for the files of one program. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `tollgate-${name}-`));
}
