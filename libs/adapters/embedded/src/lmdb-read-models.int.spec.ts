/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import type { ProjectedEvents } from '@tollgate/ports';
import { openEnvironment } from './lmdb-environment';
import { LmdbReadModels } from './lmdb-read-models';

function entry(revision: number, fields: Record<string, number>): ProjectedEvents {
  return {
    stream: 'team-1',
    group: 'team-1',
    firstRevision: revision,
    lastRevision: revision,
    position: 10 + revision,
    writes: [{ kind: 'merge', key: 'totals', fields }],
  };
}

function everythingIn(environment: RootDatabase): string {
  return ['rows', 'indexes', 'parts', 'revisions', 'state']
    .flatMap((name) => [
      ...environment.openDB(name, { encoding: 'binary', keyEncoding: 'binary' }).getRange(),
    ])
    .map(({ key, value }) => `${String(key)} ${String(value)}`)
    .join('\n');
}

describe('read models over LMDB', () => {
  let path: string;
  let environment: RootDatabase;
  let readModels: LmdbReadModels;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'tollgate-read-models-'));
    environment = openEnvironment(path, 'read-models', 'following');
    readModels = new LmdbReadModels(environment);
  });

  afterEach(async () => {
    await readModels.close();
    await environment.close();
    rmSync(path, { recursive: true });
  });

  it('given calls that do not wait, then each builds on the one before', async () => {
    const applied = [0, 1, 2, 3].map((n) => readModels.apply([entry(n, { [`f${n}`]: n })]));
    await Promise.all(applied);

    expect(await readModels.get('totals')).toEqual({ f0: 0, f1: 1, f2: 2, f3: 3 });
    expect(await readModels.revisionOf('team-1')).toBe(3);
  });

  it('given a call that fails, then nothing of it shows, and the next is applied', async () => {
    const failing = readModels.apply([entry(0, { a: 0 }), entry(2, { a: 2 })]);
    const next = readModels.apply([entry(0, { b: 0 })]);

    await expect(failing).rejects.toMatchObject({ stored: 0, found: 2 });
    await next;
    expect(await readModels.get('totals')).toEqual({ b: 0 });
    expect(await readModels.checkpoint()).toBe(10);
  });

  it('given a row that was removed, then nothing that it said is in any database', async () => {
    const key = '{team-1}/contact/1';
    const places = [{ index: '{team-1}/search', sortKey: 'w:secret\u00011' }];
    const row = { name: 'secret' };
    await readModels.apply([
      {
        ...entry(0, {}),
        writes: [
          { kind: 'put', key, row },
          { kind: 'relist', key, part: 'secret', places },
        ],
      },
    ]);
    expect(everythingIn(environment)).toContain('secret');
    await readModels.apply([{ ...entry(1, {}), writes: [{ kind: 'remove', key }] }]);

    expect(everythingIn(environment)).not.toContain('secret');
    expect(everythingIn(environment)).not.toContain('contact');
  });

  it('given databases that were made for reading alone, then they can be read', async () => {
    await readModels.apply([entry(0, { a: 1 })]);
    const reader = new LmdbReadModels(openEnvironment(path, 'read-models', 'read-only'));

    expect(await reader.get('totals')).toEqual({ a: 1 });
    expect(await reader.list('i', { limit: 1 })).toEqual({ items: [], hasMore: false });
  });

  it('given a reader who waits, when closed, then it is let go', async () => {
    const waiting = readModels.waitFor('team-1', 5, 60_000);
    await readModels.close();

    expect(await waiting).toBe(false);
  });
});
