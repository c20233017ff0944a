import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const REGISTER = join(__dirname, 'register-typescript.js');

/** A TypeScript program in a process of its own, that a test may kill, or talk to by lines. */
export class TypeScriptProcess {
  /** The lines that it wrote to its standard output so far. */
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private errors = '';
  private readonly onLine = new Set<() => void>();

  /** @param wrapper a command that starts the rest of its arguments, when not Node directly. */
  constructor(file: string, args: readonly string[], wrapper: readonly string[] = []) {
    const command = [...wrapper, process.execPath, '--require', REGISTER, file, ...args];
    this.child = spawn(command[0]!, command.slice(1), { stdio: 'pipe' });
    this.child.stderr!.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.ended = once(this.child, 'close');
    createInterface(this.child.stdout!).on('line', (line) => {
      this.lines.push(line);
      this.onLine.forEach((look) => look());
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Resolves with the first line that matches. @throws Error when the process ends before. */
  async line(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      const look = (): void => {
        const line = this.lines.find((written) => pattern.test(written));
        if (line !== undefined) resolve(line);
      };
      this.onLine.add(look);
      look();
    });
    const ended = this.ended.then(() => undefined);
    const line = await Promise.race([found, ended]);
    if (line === undefined) throw new Error(`ended without ${pattern}: ${this.errors}`);
    return line;
  }

  say(line: string): void {
    this.child.stdin!.write(`${line}\n`);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }
}
