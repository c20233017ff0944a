import { randomUUID } from 'node:crypto';
import type { StoredSnapshot } from '@tollgate/ports';
import { describeWithRedis } from '@tollgate/testing';
import { connectTo } from '../test/connections';
import { RedisSnapshots, RedisUnavailable, type RedisConnection } from '.';

const SIZE = 1_200_000;

describeWithRedis('snapshots in Redis', (redis) => {
  let connection: RedisConnection;
  let snapshots: RedisSnapshots;
  let stream: string;
  let chunks: string;

  beforeEach(async () => {
    connection = connectTo({ url: redis().url });
    snapshots = new RedisSnapshots(connection);
    stream = `team-${randomUUID()}`;
    chunks = `tollgate:snapshot:{${stream}}:parts`;
    await snapshots.save(stream, snapshotAt(1));
  });

  afterEach(() => connection.close());

  function snapshotAt(revision: number): StoredSnapshot {
    const bytes = new Uint8Array(SIZE).fill(7);
    const parts = [
      { name: 'closed', bytes },
      { name: `open-${revision}`, bytes: new Uint8Array([revision]) },
    ];
    return { version: 1, revision, link: 'l', hash: 'h', head: '{}', parts };
  }

  async function loaded(): Promise<readonly [number, number] | undefined> {
    const snapshot = await snapshots.load(stream);
    return snapshot && [snapshot.revision, snapshot.parts[0]!.bytes.length];
  }

  it('given a part, then it is kept in chunks that do not keep others waiting', async () => {
    expect((await connection.client.hkeys(chunks)).sort()).toEqual([
      'closed:0',
      'closed:1',
      'closed:2',
      'open-1:0',
    ]);
  });

  it('given chunks that nobody names, when saved, then they go', async () => {
    await connection.client.hset(chunks, 'never-finished:0', 'x');
    await snapshots.save(stream, snapshotAt(2));

    expect((await connection.client.hkeys(chunks)).sort()).toEqual([
      'closed:0',
      'closed:1',
      'closed:2',
      'open-2:0',
    ]);
  });

  it('given a chunk that is missing, then there is no snapshot until the next', async () => {
    await connection.client.hdel(chunks, 'closed:1');
    expect(await loaded()).toBeUndefined();

    await snapshots.save(stream, snapshotAt(2));
    expect(await loaded()).toEqual([2, SIZE]);
  });

  it('given a head that can not be read, then there is no snapshot until the next', async () => {
    await connection.client.set(`tollgate:snapshot:{${stream}}:head`, '{"version":');
    expect(await loaded()).toBeUndefined();

    await snapshots.save(stream, snapshotAt(2));
    expect(await loaded()).toEqual([2, SIZE]);
  });

  it('given Redis is away, then both say so, and the writer goes on without', async () => {
    const nowhere = connectTo({ url: 'redis://127.0.0.1:1' });
    const none = new RedisSnapshots(nowhere);

    await expect(none.load(stream)).rejects.toBeInstanceOf(RedisUnavailable);
    await expect(none.save(stream, snapshotAt(2))).rejects.toBeInstanceOf(RedisUnavailable);
    nowhere.close();
  });
});
