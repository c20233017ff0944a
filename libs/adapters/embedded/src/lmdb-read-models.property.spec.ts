/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import type { ProjectedEvents, ReadModelReader, ReadModelWrite } from '@tollgate/ports';
import fc from 'fast-check';
import type { RootDatabase } from 'lmdb';
import { openEnvironment } from './lmdb-environment';
import { LmdbReadModels } from './lmdb-read-models';

/*
 * Goal: however writes are cut into entries and calls, what LMDB shows is what they come to one by
 * one. Method: few rows, parts and places, so that all get in each other's way, beside a store
 * that does one thing at a time.
 */

const KEYS = ['a', 'b', 'c'];
const INDEXES = ['i', 'j'];
const key = fc.constantFrom(...KEYS);
const fields = fc.dictionary(fc.constantFrom('x', 'y'), fc.nat({ max: 9 }));
const place = fc.record({
  index: fc.constantFrom(...INDEXES),
  sortKey: fc.constantFrom('1', '12', '2\u0001', '3'),
});

const write: fc.Arbitrary<ReadModelWrite> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, row: fields }),
  fc.record({ kind: fc.constant('merge' as const), key, fields }),
  fc.record({ kind: fc.constant('remove' as const), key }),
  place.chain((at) => key.map((each) => ({ kind: 'list' as const, ...at, key: each }))),
  fc.record({
    kind: fc.constant('relist' as const),
    key,
    part: fc.constantFrom('p', 'q'),
    places: fc.array(place, { maxLength: 3 }),
  }),
);

/** Calls of entries of writes. */
const calls = fc.array(fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 3 }), {
  maxLength: 6,
});

async function shown(readModels: ReadModelReader): Promise<unknown> {
  const requests = [{}, { prefix: '1' }, { before: '2\u0001' }, { prefix: '1', before: '12' }];
  const pages = INDEXES.flatMap((index) =>
    requests.flatMap((request) =>
      [1, 9].map((limit) => readModels.list(index, { ...request, limit })),
    ),
  );
  return Promise.all([...KEYS.map((each) => readModels.get(each)), ...pages]);
}

describe('read models over LMDB, whatever is written', () => {
  let path: string;
  let environment: RootDatabase;
  let version = 0;

  beforeAll(() => {
    path = mkdtempSync(join(tmpdir(), 'tollgate-read-models-'));
    environment = openEnvironment(path, 'read-models', 'following');
  });

  afterAll(async () => {
    await environment.close();
    rmSync(path, { recursive: true });
  });

  it('show what the writes come to one by one', async () => {
    const property = fc.asyncProperty(calls, async (batches) => {
      const readModels = new LmdbReadModels(environment);
      await readModels.useVersion((version += 1));
      const expected = new InMemoryReadModels();
      let revision = -1;
      for (const batch of batches) {
        const entries = batch.map((writes): ProjectedEvents => {
          revision += 1;
          const range = { firstRevision: revision, lastRevision: revision, position: revision };
          return { stream: 's', group: 's', ...range, writes };
        });
        await Promise.all([readModels.apply(entries), expected.apply(entries)]);
        expect(await shown(readModels)).toEqual(await shown(expected));
      }
    });
    await fc.assert(property, { numRuns: 150 });
  });
});
