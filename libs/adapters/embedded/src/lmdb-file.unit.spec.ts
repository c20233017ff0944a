/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEnvironment } from './lmdb-environment';
import { problemOf } from './lmdb-file';

describe('a look at an LMDB file', () => {
  let path: string;
  let file: string;

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'tollgate-lmdb-'));
    file = join(path, 'log', 'data.mdb');
    const environment = openEnvironment(path, 'log', 'durable');
    for (let n = 0; n < 20; n += 1) await environment.put(n, 'x'.repeat(3_000));
    await environment.close();
  });

  afterEach(() => rmSync(path, { recursive: true }));

  it('given a sound, an empty or no file, then it has no problem', () => {
    expect(problemOf(file)).toBeUndefined();
    writeFileSync(file, '');
    expect(problemOf(file)).toBeUndefined();
    rmSync(file);
    expect(problemOf(file)).toBeUndefined();
  });

  it.each([
    ['another content', (): Buffer => Buffer.alloc(20_000, 7), 'does not start'],
    ['a few bytes', (): Buffer => Buffer.from('hello'), 'too short'],
    ['nothing but zeros', (): Buffer => Buffer.alloc(20_000), 'does not start'],
    ['another version', (): Buffer => withByte(28, 9), 'another version'],
  ])('given %s, then it says so', (_, content, problem) => {
    writeFileSync(file, content());

    expect(problemOf(file)).toContain(problem);
    expect(() => openEnvironment(path, 'log', 'durable')).toThrow(problem);
  });

  it.each([8_192, 30_000])('given a file cut to %i bytes, then it says so', (size) => {
    truncateSync(file, size);

    expect(problemOf(file)).toMatch(new RegExp(`^${size} bytes, of \\d+ written$`));
  });

  function withByte(at: number, value: number): Buffer {
    const content = readFileSync(file);
    content[at] = value;
    return content;
  }
});
