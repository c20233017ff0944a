import { isCommandId } from '@tollgate/domain';
import { APPEND_BYTES_MAX, APPEND_EVENTS_MAX, type EventToAppend } from '@tollgate/ports';
import { assertAppendable } from './append-limits';
import { nodeDigest } from './node-digest';
import { RevisionWaiters } from './revision-waiters';
import { systemClock } from './system-clock';
import { ulidIds } from './ulid-ids';

describe('digest', () => {
  it('given the test vector of FIPS 180, then its SHA-256 comes as base64url', () => {
    const expected = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0';

    expect(nodeDigest.sha256('abc')).toBe(expected);
    expect(nodeDigest.sha256(new Uint8Array([97, 98, 99]))).toBe(expected);
  });
});

describe('ids', () => {
  it('given many ids of one millisecond, then each is a command id above the one before', () => {
    const ids = ulidIds();
    const made = Array.from({ length: 1_000 }, () => ids.next());

    expect(made.every(isCommandId)).toBe(true);
    expect([...new Set(made)].sort()).toEqual(made);
  });
});

describe('clock', () => {
  it('given the machine, then it tells its time', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
  });
});

describe('limits of an append', () => {
  const event = (data: string): EventToAppend => ({ id: 'c/0', type: 'T', data, metadata: '{}' });

  it.each([
    [[event('x'.repeat(APPEND_BYTES_MAX - 2))]],
    [[event('é'.repeat((APPEND_BYTES_MAX - 2) / 2))]],
    [Array.from({ length: APPEND_EVENTS_MAX }, () => event('{}'))],
  ])('given an append at a limit, then it passes', (events) => {
    expect(() => assertAppendable('team-1', events)).not.toThrow();
  });

  it.each([
    ['no events', []],
    ['700001 bytes', [event('x'.repeat(APPEND_BYTES_MAX - 1))]],
    ['4001 events', Array.from({ length: APPEND_EVENTS_MAX + 1 }, () => event('{}'))],
  ])('given an append of %s, then it says so', (what, events) => {
    expect(() => assertAppendable('team-1', events)).toThrow(`append to team-1 has ${what}`);
  });
});

describe('readers waiting for a revision', () => {
  it('given several, when it shows, then exactly those who waited for it are served', async () => {
    const waiters = new RevisionWaiters();
    const waiting = [3, 4, 5].map((revision) => waiters.wait('team-1', revision, 60_000));
    waiting.push(waiters.wait('team-2', 1, 60_000));
    waiters.shown('team-1', 4);
    waiters.close();

    expect(await Promise.all(waiting)).toEqual([true, true, false, false]);
  });
});
