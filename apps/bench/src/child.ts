import { fork, type ChildProcess } from 'node:child_process';

/** A server in a process of its own, so that it and the load have a core each. */
export class BenchChild {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static start(entry: string, env: NodeJS.ProcessEnv = {}): Promise<BenchChild> {
    const child = fork(entry, { env: { ...process.env, ...env }, stdio: 'inherit' });
    return new Promise((resolve, reject) => {
      child.once('message', ({ url }: { url: string }) => resolve(new BenchChild(child, url)));
      child.once('exit', (code) => reject(new Error(`${entry} ended with ${String(code)}`)));
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}
