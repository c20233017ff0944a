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

  it('given a reader who waits, when closed, then it is let go', async () => {
    const waiting = readModels.waitFor('team-1', 5, 60_000);
    await readModels.close();

    expect(await waiting).toBe(false);
  });
});
