import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { untilAnswering, whenThisProcessIsGone, type NativeCommand } from '@tollgate/testing';

export interface PartOptions {
  /** As people know it: "Kafka". */
  readonly name: string;
  /** Where its files are; they stay. */
  readonly folder: string;
  readonly command: () => Promise<NativeCommand>;
  /** Whether it answers its clients. */
  readonly answers: () => Promise<boolean>;
  /** Gets every line that says that something is wrong, while the program is in use. */
  readonly onWarning: (line: string) => void;
  /** Which of its outputs these lines come on; services also tell that all is well. */
  readonly warnsOn?: 'stderr' | 'both';
}

const STOP_MS_MAX = 20_000;
const LINES_KEPT = 10;

/**
 * A program of the stack. It never outlives this process, and is in no group with it: Ctrl-C in a
 * terminal goes to a whole group, and would end everything at once instead of in order.
 */
export class Part {
  private child: ChildProcess | undefined;
  private isToldToStop = false;
  private isReady = false;
  private readonly lines: string[] = [];
  /** Resolves with what to tell when the program ends without having been told to. */
  readonly endedByItself: Promise<string>;
  private tellEnd: (text: string) => void = () => undefined;

  constructor(private readonly options: PartOptions) {
    this.endedByItself = new Promise((resolve) => (this.tellEnd = resolve));
  }

  get name(): string {
    return this.options.name;
  }

  /** Resolves when the program answers. @throws Error with what it wrote, if it ends. */
  async start(): Promise<void> {
    const { name, folder, answers } = this.options;
    mkdirSync(folder, { recursive: true });
    const command = await this.options.command();
    if (this.isToldToStop) throw new Error(`${name} was stopped at its start`);
    const child = this.spawn(command);
    this.child = child;
    const isOver = this.endedByItself.then(() => true);
    await untilAnswering(name, () => Promise.race([isOver, answers()]));
    if (hasEnded(child)) throw new Error(await this.endedByItself);
    this.isReady = true;
  }

  /** Asks it to stop in order, and makes it when it does not. */
  async stop(): Promise<void> {
    this.isToldToStop = true;
    const { child } = this;
    if (child === undefined || hasEnded(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  }

  private spawn({ command, args, env }: NativeCommand): ChildProcess {
    const { folder, warnsOn = 'stderr' } = this.options;
    const child = spawn(command, args, {
      cwd: folder,
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', warnsOn === 'both' ? 'pipe' : 'ignore', 'pipe'],
    });
    child.once('error', ({ message }) => this.ended(message));
    child.once('close', (code, signal) => this.ended(`exit code ${code ?? signal}`));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface(stream).on('line', (line) => this.take(line));
    }
    if (child.pid !== undefined) watch(child, child.pid);
    return child;
  }

  private take(line: string): void {
    this.lines.push(line);
    if (this.lines.length > LINES_KEPT) this.lines.shift();
    // What it lacked at its start, and what goes when it stops, is nobody's worry.
    if (this.isReady && !this.isToldToStop) this.options.onWarning(line);
  }

  private ended(how: string): void {
    const words = this.lines.length === 0 ? '' : `; it wrote:\n${this.lines.join('\n')}`;
    if (!this.isToldToStop) this.tellEnd(`${this.options.name} ended (${how})${words}`);
    else this.tellEnd(`${this.options.name} was stopped at its start`);
  }
}

function watch(child: ChildProcess, pid: number): void {
  const callOff = whenThisProcessIsGone(['sh', '-c', 'kill -9 "$1"', 'watchdog', String(pid)]);
  child.once('exit', callOff);
}

/** A program that could not be started has no process id. */
function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
