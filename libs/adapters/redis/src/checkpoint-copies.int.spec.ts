import { randomUUID } from 'node:crypto';
import { describeWithRedis } from '@tollgate/testing';
import { connectTo } from '../test/connections';
import { CheckpointCopies } from './checkpoint-copies';
import { Keyspace } from './keyspace';
import type { RedisConnection } from '.';

describeWithRedis('the checkpoint of read models', (redis) => {
  let connection: RedisConnection;
  let keyspace: Keyspace;

  beforeEach(() => {
    connection = connectTo({ url: redis().url });
    keyspace = new Keyspace(`test-${randomUUID()}`);
  });

  afterEach(() => connection.close());

  function copies(): CheckpointCopies {
    return new CheckpointCopies(connection, keyspace);
  }

  it('given two who advance it, then it never goes back', async () => {
    const [fast, slow] = [copies(), copies()];
    await fast.advance(7);
    await slow.advance(5);

    expect(await copies().read()).toBe(7);
  });

  it('given it was lost, when advanced, then it stays lost until it is read', async () => {
    const checkpoint = copies();
    await checkpoint.advance(7);
    await connection.client.del(keyspace.checkpoint(0));

    await expect(checkpoint.advance(9)).rejects.toMatchObject({ expected: 7, found: 0 });
    await expect(checkpoint.check()).rejects.toMatchObject({ expected: 7, found: 0 });
    expect(await checkpoint.read()).toBe(0);
    await checkpoint.advance(9);
    expect(await copies().read()).toBe(9);
  });

  it('given another advanced it, when checked, then nothing was lost', async () => {
    const checkpoint = copies();
    await checkpoint.advance(7);
    await copies().advance(9);

    await expect(checkpoint.check()).resolves.toBeUndefined();
  });
});
