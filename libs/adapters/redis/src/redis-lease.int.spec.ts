import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describeWithRedisProcess } from '@tollgate/testing';
import { connectTo } from '../test/connections';
import { RedisLease, type RedisConnection, type RedisLeaseOptions } from '.';

const TTL_MS = 300;

describeWithRedisProcess('a lease in Redis', (redis) => {
  let connection: RedisConnection;
  let name: string;
  let leases: RedisLease[];

  beforeEach(() => {
    connection = connectTo({ url: redis().url });
    name = `role-${randomUUID()}`;
    leases = [];
  });

  afterEach(async () => {
    await Promise.all(leases.map((lease) => lease.release()));
    connection.close();
  });

  function leaseOf(options: Partial<RedisLeaseOptions> = {}): RedisLease {
    const lease = new RedisLease({ redis: connection, name, ttlMs: TTL_MS, ...options });
    leases.push(lease);
    return lease;
  }

  it('given nobody has it, when asked for, then it is held, for longer than its ttl', async () => {
    const onLost = jest.fn();
    const lease = leaseOf({ onLost });
    expect(lease.isHeld).toBe(false);
    expect(await lease.acquired()).toBe(true);
    await delay(2 * TTL_MS);

    expect(lease.isHeld).toBe(true);
    expect(onLost).not.toHaveBeenCalled();
  });

  it('given a holder, when it releases, then the next one holds it', async () => {
    const [first, second] = [leaseOf(), leaseOf()];
    await first.acquired();
    const waiting = second.acquired();
    await delay(2 * TTL_MS);
    expect(second.isHeld).toBe(false);

    await first.release();
    expect(first.isHeld).toBe(false);
    expect(await waiting).toBe(true);
    expect(second.isHeld).toBe(true);
  });

  it('given a holder whose clock went on, when it looks, then it does not hold it', async () => {
    let now = 0;
    const lease = leaseOf({ now: () => now });
    await lease.acquired();
    expect(lease.isHeld).toBe(true);
    now += TTL_MS;

    expect(lease.isHeld).toBe(false);
  });

  it('given another took it, when the holder renews, then it learns that it lost it', async () => {
    const onLost = jest.fn();
    const lease = leaseOf({ onLost });
    await lease.acquired();
    await connection.client.set(`tollgate:lease:${name}`, 'another');
    await delay(TTL_MS);

    expect(lease.isHeld).toBe(false);
    expect(onLost).toHaveBeenCalledTimes(1);
    await lease.release();
    expect(await connection.client.get(`tollgate:lease:${name}`)).toBe('another');
  });

  it('given another took it unnoticed, when it releases, then it stays theirs', async () => {
    const lease = leaseOf();
    await lease.acquired();
    await connection.client.set(`tollgate:lease:${name}`, 'another');
    await lease.release();

    expect(await connection.client.get(`tollgate:lease:${name}`)).toBe('another');
  });

  it('given Redis goes away, when the ttl is over, then lost; when back, then had', async () => {
    const onLost = jest.fn();
    const lease = leaseOf({ onLost });
    await lease.acquired();
    await redis().kill();
    await delay(TTL_MS * 1.5);
    expect(lease.isHeld).toBe(false);
    expect(onLost).toHaveBeenCalledTimes(1);

    const again = lease.acquired();
    await redis().start();
    expect(await again).toBe(true);
  });

  it('given it waits, when released, then it is told that it does not hold it', async () => {
    await leaseOf().acquired();
    const lease = leaseOf();
    const waiting = lease.acquired();
    await expect(lease.acquired()).rejects.toThrow('waited for already');
    await lease.release();

    expect(await waiting).toBe(false);
  });
});
