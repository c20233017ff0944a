/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asBinary, type RootDatabase } from 'lmdb';
import {
  LogCorrupt,
  LogUnavailable,
  type EventToAppend,
  type RecordedEvent,
} from '@tollgate/ports';
import { openEnvironment } from './lmdb-environment';
import { LmdbEventLog } from './lmdb-event-log';

function events(count: number): readonly EventToAppend[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `c/${index}`,
    type: 'T',
    data: JSON.stringify({ index, filler: 'x'.repeat(100) }),
    metadata: '{}',
    decoded: { index },
  }));
}

async function collect(batches: AsyncIterable<readonly RecordedEvent[]>): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

describe('event log over LMDB', () => {
  let path: string;
  let environment: RootDatabase;
  let log: LmdbEventLog;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'tollgate-log-'));
    environment = openEnvironment(path, 'log', 'durable');
    log = new LmdbEventLog(environment);
  });

  afterEach(async () => {
    await log.close();
    await environment.close();
    rmSync(path, { recursive: true });
  });

  it('given appends that follow each other without waiting, then all are taken', async () => {
    const appends = Array.from({ length: 50 }, (_, n) =>
      log.append('team-1', 2 * n - 1, events(2)),
    );
    const appended = await Promise.all(appends);

    expect(appended.map(({ revision }) => revision)).toEqual(appends.map((_, n) => 2 * n + 1));
    expect(await collect(log.readStream('team-1'))).toHaveLength(100);
  });

  it('given a subscriber who keeps up, then it gets the objects that were appended', async () => {
    const appended = events(3);
    const seen: RecordedEvent[] = [];
    const subscription = log.subscribe(0, async (batch) => void seen.push(...batch));
    await log.append('team-1', -1, appended);
    await subscription.caughtUp();

    expect(seen.map(({ decoded }) => decoded)).toEqual(appended.map(({ decoded }) => decoded));
    expect(seen[2]!.decoded).toBe(appended[2]!.decoded);
  });

  it('given a subscriber whom memory has left behind, then it goes on from the disk', async () => {
    for (let n = 0; n < 20; n += 1) await log.append('team-1', 2_000 * n - 1, events(2_000));
    const seen: RecordedEvent[] = [];
    await log.subscribe(10, async (batch) => void seen.push(...batch)).caughtUp();

    expect(seen.map(({ position }) => position)).toEqual(seen.map((_, index) => index + 11));
    expect(seen).toHaveLength(39_990);
    expect([seen[0]!.decoded, seen[39_989]!.decoded]).toEqual([undefined, { index: 1_999 }]);
  });

  it.each(['', 'x'.repeat(1_001), 'a\0b'])(
    'given stream name %#, then it is refused',
    async (name) => {
      await expect(log.append(name, -1, events(1))).rejects.toThrow(RangeError);
    },
  );

  it('given a closed log, when appended to, then it is unavailable', async () => {
    await log.close();

    await expect(log.append('team-1', -1, events(1))).rejects.toBeInstanceOf(LogUnavailable);
  });

  describe('given a log that was damaged', () => {
    beforeEach(async () => {
      await log.append('team-1', -1, events(10));
      await log.append('team-2', -1, events(10));
      await log.append('team-1', 9, events(10));
      await log.append('team-1', 19, events(10));
    });

    const damages: [string, () => Promise<unknown>][] = [
      ['overwritten', () => appends().put(21, asBinary(Buffer.from('nonsense')))],
      ['emptied', () => appends().put(21, asBinary(Buffer.alloc(0)))],
      ['missing', () => appends().remove(21)],
    ];

    it.each(damages)('when a record is %s, then readers say which', async (_, damage) => {
      await damage();
      const expected = { name: 'LogCorrupt', stream: 'team-1', revision: 10 };

      await expect(collect(log.readStream('team-1'))).rejects.toMatchObject(expected);
      await expect(collect(log.readAll())).rejects.toMatchObject(expected);
      await expect(collect(log.readAll(24))).rejects.toMatchObject(expected);
      expect(await collect(log.readStream('team-2'))).toHaveLength(10);
      expect(await collect(log.readStream('team-1', 20))).toHaveLength(10);
      expect(await collect(log.readAll(30))).toHaveLength(10);
    });

    it('when any bit of a record flips, then readers say which', async () => {
      const { position } = await log.append('team-3', -1, events(1));
      const record = Buffer.from(appends().getBinary(position)!);
      for (let at = 0; at < record.length; at += 1) {
        const flipped = Buffer.from(record);
        flipped[at]! ^= 1 << (at % 8);
        await appends().put(position, asBinary(flipped));
        await expect(collect(log.readStream('team-3'))).rejects.toThrow('team-3, revision 0: ');
      }
    });

    it('when a bit of a compressed record flips, then readers say which', async () => {
      const record = Buffer.from(appends().getBinary(21)!);
      record[record.length - 3]! ^= 1;
      await appends().put(21, asBinary(record));

      await expect(collect(log.readStream('team-1', 15))).rejects.toThrow('revision 10: ');
    });

    it('when another record stands in its place, then the stream says so', async () => {
      await appends().put(21, asBinary(Buffer.from(appends().getBinary(11)!)));

      await expect(collect(log.readStream('team-1'))).rejects.toThrow('another record');
    });

    it('when the index lost an append, then the stream says so', async () => {
      await environment.openDB('streams', {}).remove(['team-1', 10]);

      await expect(collect(log.readStream('team-1'))).rejects.toThrow(
        'stream team-1, revision 10: missing',
      );
    });

    it('when the last append is broken, then readers and openers say so', async () => {
      await appends().put(31, asBinary(Buffer.from('nonsense')));
      const expected = { name: 'LogCorrupt', stream: 'team-1', revision: 20 };

      await expect(collect(log.readAll())).rejects.toMatchObject(expected);
      await expect(collect(log.readStream('team-1'))).rejects.toMatchObject(expected);
      expect(() => new LmdbEventLog(environment)).toThrow('stream team-1, revision 20: ');
    });

    it('when a subscription comes upon it, then it ends and says so', async () => {
      await appends().remove(21);
      const seen: RecordedEvent[] = [];
      await environment.close();
      environment = openEnvironment(path, 'log', 'durable');
      log = new LmdbEventLog(environment);
      const subscription = log.subscribe(0, async (batch) => void seen.push(...batch));

      await expect(subscription.caughtUp()).rejects.toBeInstanceOf(LogCorrupt);
      expect(seen).toHaveLength(20);
    });
  });

  function appends(): ReturnType<RootDatabase['openDB']> {
    return environment.openDB('appends', { encoding: 'binary', compression: false });
  }
});
