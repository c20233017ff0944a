import { OwnershipLost } from '@tollgate/ports';
import type { Consumer } from 'kafkajs';
import { Ownership, type Claim } from './ownership';

const FRESH_MS = 1_000;
const TOPIC = 'commands';

type Listener = (event: { readonly payload: object }) => void;

/** A consumer of which only the events are there. */
class Events {
  readonly events = {
    REQUEST: 'request',
    HEARTBEAT: 'heartbeat',
    GROUP_JOIN: 'join',
    CRASH: 'crash',
  };
  private readonly listeners = new Map<string, Listener>();

  on(name: string, listener: Listener): void {
    this.listeners.set(name, listener);
  }

  say(name: string, payload: object = {}): void {
    this.listeners.get(name)!({ payload });
  }

  answered(apiName: string, sentAt: number): void {
    this.say('request', { apiName, sentAt });
    if (apiName === 'Heartbeat') this.say('heartbeat');
    else this.say('join', { memberAssignment: { [TOPIC]: [0] } });
  }
}

describe('the right to a partition', () => {
  let events: Events;
  let ownership: Ownership;
  let asked: number;
  let answer: () => Promise<void>;

  beforeEach(() => {
    events = new Events();
    ownership = new Ownership(events as unknown as Consumer, TOPIC, FRESH_MS);
    asked = 0;
    answer = () => Promise.resolve();
  });

  const claimed = (): Claim =>
    ownership.claim(0, {
      heartbeat: () => {
        asked += 1;
        return answer();
      },
    });

  it('is there once the group has given it', async () => {
    events.answered('SyncGroup', Date.now());
    await claimed().confirm();
    expect([ownership.isMember, ownership.count]).toEqual([true, 1]);
  });

  it('is not confirmed by an answer to a question that was asked long ago', async () => {
    events.answered('SyncGroup', Date.now() - 10 * FRESH_MS);
    const claim = claimed();
    events.answered('Heartbeat', Date.now() - 2 * FRESH_MS);
    answer = async () => {
      if (asked === 3) events.answered('Heartbeat', Date.now());
    };
    await claim.confirm();
    expect(asked).toBe(3);
  });

  it('is lost when the group says so', async () => {
    events.answered('SyncGroup', Date.now() - 10 * FRESH_MS);
    const claim = claimed();
    const fault = Object.assign(new Error('gone'), { type: 'UNKNOWN_MEMBER_ID' });
    answer = () => (asked === 1 ? Promise.resolve() : Promise.reject(fault));
    await expect(claim.confirm()).rejects.toThrow(OwnershipLost);
  });

  it('is lost when the group has met again, and with a crash', async () => {
    events.answered('SyncGroup', Date.now());
    const first = claimed();
    events.answered('SyncGroup', Date.now());
    await expect(first.confirm()).rejects.toThrow(OwnershipLost);
    const second = claimed();
    events.say('crash');
    expect([second.isHeld, ownership.isMember, ownership.count]).toEqual([false, false, 0]);
  });
});
