import { randomUUID } from 'node:crypto';
import type { Snapshots, SnapshotPart, StoredSnapshot } from '@tollgate/ports';

export interface SnapshotsUnderTest {
  readonly snapshots: Snapshots;
  readonly close: () => Promise<void>;
}

/** The promises of the Snapshots port, tested on whatever `create` gives. */
export function describeSnapshots(name: string, create: () => Promise<SnapshotsUnderTest>): void {
  describe(`snapshots: ${name}`, () => {
    let underTest: SnapshotsUnderTest;
    let snapshots: Snapshots;
    let stream: string;

    beforeAll(async () => {
      underTest = await create();
      snapshots = underTest.snapshots;
    });

    beforeEach(() => {
      stream = `team-${randomUUID()}`;
    });

    afterAll(() => underTest.close());

    async function loadedParts(): Promise<Record<string, readonly number[]>> {
      const parts = (await snapshots.load(stream))?.parts ?? [];
      return Object.fromEntries(parts.map((part) => [part.name, [...part.bytes]]));
    }

    it('given no snapshot, when loaded, then undefined', async () => {
      expect(await snapshots.load(stream)).toBeUndefined();
    });

    it('given a snapshot, when loaded, then it is the one saved', async () => {
      const saved = snapshotAt(7, [part('one', 1, 2, 3), part('two'), part('three', 255, 0)]);
      await snapshots.save(stream, saved);
      const loaded = await snapshots.load(stream);

      expect({ ...loaded, parts: [] }).toEqual({ ...saved, parts: [] });
      expect(loaded!.parts.map(({ name: partName }) => partName)).toEqual(['one', 'two', 'three']);
      expect(await loadedParts()).toEqual({ one: [1, 2, 3], two: [], three: [255, 0] });
    });

    it('given a snapshot, when a later one is saved, then it takes its place', async () => {
      await snapshots.save(stream, snapshotAt(7, [part('one', 1), part('two', 2)]));
      await snapshots.save(stream, snapshotAt(9, [part('two', 2), part('three', 3)]));

      expect((await snapshots.load(stream))!.revision).toBe(9);
      expect(await loadedParts()).toEqual({ two: [2], three: [3] });
    });

    it('given a part saved before, when its name is saved again, then it stays', async () => {
      await snapshots.save(stream, snapshotAt(7, [part('one', 1)]));
      await snapshots.save(stream, snapshotAt(8, [part('one', 9)]));

      expect(await loadedParts()).toEqual({ one: [1] });
    });

    it('given bytes that change after saving, when loaded, then as they were', async () => {
      const live = new Uint8Array([1, 2]);
      const saving = snapshots.save(stream, snapshotAt(7, [{ name: 'live', bytes: live }]));
      live[0] = 99;
      await saving;

      expect(await loadedParts()).toEqual({ live: [1, 2] });
    });

    it('given a big snapshot, when loaded, then it is whole', async () => {
      const bytes = new Uint8Array(6_000_000).map((_, index) => index % 251);
      await snapshots.save(stream, snapshotAt(7, [{ name: 'big', bytes }]));

      const [big] = (await snapshots.load(stream))!.parts;
      expect(Buffer.compare(big!.bytes, bytes)).toBe(0);
    });

    it('given snapshots of two streams, when one is saved, then the other stays', async () => {
      await snapshots.save(stream, snapshotAt(7, [part('one', 1)]));
      await snapshots.save(`${stream}0`, snapshotAt(8, [part('one', 2)]));

      expect((await snapshots.load(stream))!.revision).toBe(7);
      expect(await loadedParts()).toEqual({ one: [1] });
    });
  });
}

function part(name: string, ...bytes: number[]): SnapshotPart {
  return { name, bytes: new Uint8Array(bytes) };
}

function snapshotAt(revision: number, parts: readonly SnapshotPart[]): StoredSnapshot {
  const head = JSON.stringify({ revision, name: 'Žofie 🐎' });
  return { version: 1, revision, link: 'l'.repeat(43), hash: 'h'.repeat(43), head, parts };
}
