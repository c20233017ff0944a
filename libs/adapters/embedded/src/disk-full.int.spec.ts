/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TypeScriptProcess } from '@tollgate/testing';
import { DataFolder } from './data-folder';

const FILLER = join(__dirname, '..', 'test', 'filler.ts');

/** A soft limit on the size of files stands for a disk that is full: blocks of 512 or 1024 B. */
const LIMITED = ['sh', '-c', 'ulimit -S -f 8000; exec "$@"', 'sh'];

describe('given a disk that fills up', () => {
  let path: string;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'tollgate-full-'));
  });

  afterEach(() => rmSync(path, { recursive: true }));

  async function fill(): Promise<{ filler: TypeScriptProcess; revision: number }> {
    const filler = new TypeScriptProcess(FILLER, [path], LIMITED);
    const line = await filler.line(/^failed at/);
    const revision = Number(/\d+/.exec(line)![0]);
    expect(line).toBe(`failed at ${revision} with LogUnavailable`);
    return { filler, revision };
  }

  it('then appends fail, nothing is half-written, and every earlier event is there', async () => {
    const { filler, revision } = await fill();
    const again = await filler.line(/^failed again/);
    await filler.kill();

    expect(again).toBe(`failed again at ${revision} with LogUnavailable`);
    const folder = await DataFolder.open(path, { readModelsVersion: 1 });
    const revisions: number[] = [];
    for await (const batch of folder.events.readStream('team-1')) {
      revisions.push(...batch.map((event) => event.revision));
    }
    await folder.close();
    expect(revisions).toEqual(revisions.map((_, index) => index));
    expect(revisions).toHaveLength(revision + 1);
  });

  it('when there is space again, then the same process goes on', async () => {
    if (process.platform !== 'linux') {
      process.stderr.write('NOT TESTED: space again after a full disk, for want of prlimit\n');
      return;
    }
    const { filler, revision } = await fill();
    await filler.line(/^failed again/);
    execFileSync('prlimit', [`--pid=${filler.pid}`, '--fsize=unlimited']);
    filler.say('go on');

    expect(await filler.line(/^appended/)).toBe(`appended ${revision + 1}`);
    expect(await filler.line(/^closed/)).toBe(`closed with ${revision + 2}`);
    await filler.kill();
  });
});
