import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Part } from './part';
import { Stack } from './stack';

/** Ends in order when it is told to, and says so to the parent's terminal in between. */
const WORKS = `
  process.on('SIGTERM', () => process.exit(0));
  console.error('lacks something');
  setInterval(() => console.error('is worried'), 50);
`;

describe('a stack', () => {
  let folder: string;
  let warnings: string[];
  let said: string[];
  let ended: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-stack-'));
    [warnings, said, ended] = [[], [], []];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function part(name: string, program = WORKS, answersAfterMs = 150): Part {
    const startedAt = Date.now();
    const made = new Part({
      name,
      folder,
      command: () => Promise.resolve({ command: process.execPath, args: ['-e', program], env: {} }),
      answers: () => Promise.resolve(Date.now() - startedAt > answersAfterMs),
      onWarning: (line) => warnings.push(line),
    });
    const stop = made.stop.bind(made);
    made.stop = () => stop().finally(() => ended.push(name));
    return made;
  }

  const stackOf = (...levels: Part[][]): Stack => new Stack(levels, (line) => said.push(line));

  it('starts level by level, and stops the other way round', async () => {
    const stack = stackOf([part('Kafka'), part('Redis')], [part('gateway')]);
    await stack.start();
    expect(said).toEqual(['Starting Kafka, Redis ...', 'Starting gateway ...']);
    await stack.stop();
    expect(ended).toEqual(['gateway', 'Redis', 'Kafka']);
  });

  it('passes on what parts warn about once they answer, and not before', async () => {
    const stack = stackOf([part('Kafka', WORKS, 400)]);
    await stack.start();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await stack.stop();
    expect(warnings).toContain('is worried');
    expect(warnings).not.toContain('lacks something');
  });

  it('tells how a part ended that was not told to, and what it wrote', async () => {
    const broken = `setTimeout(() => { console.error('no disk'); process.exit(3); }, 300)`;
    const stack = stackOf([part('Redis'), part('Kafka', broken, 50)]);
    await stack.start();
    expect(await stack.broken).toBe('Kafka ended (exit code 3); it wrote:\nno disk');
    await stack.stop();
  });

  it('does not start when a part ends before it answers', async () => {
    const broken = `console.error('bad settings'); process.exit(1)`;
    const stack = stackOf([part('Kafka', broken, 60_000)]);
    await expect(stack.start()).rejects.toThrow(/Kafka ended \(exit code 1\).*\nbad settings/);
    await stack.stop();
  });

  it('can be stopped while it starts, and starts nothing more', async () => {
    const stack = stackOf([part('Kafka', WORKS, 60_000)], [part('gateway')]);
    const started = stack.start().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await stack.stop();
    await started;
    expect(said).toEqual(['Starting Kafka ...']);
  });
});
