import { setTimeout as delay } from 'node:timers/promises';
import type { Lease } from '@tollgate/ports';
import { pinoLog } from '../pino-log';
import { ActiveInstance } from './active-instance';
import { Metrics } from './metrics';

/** A role that a test gives and takes. */
class GivenLease implements Lease {
  isHeld = false;
  onLost: () => void = () => undefined;
  private waiting: ((isHeld: boolean) => void) | undefined;

  acquired(): Promise<boolean> {
    return new Promise((resolve) => (this.waiting = resolve));
  }

  give(): void {
    this.isHeld = true;
    this.waiting?.(true);
  }

  take(): void {
    this.isHeld = false;
    this.onLost();
  }

  async release(): Promise<void> {
    this.isHeld = false;
    this.waiting?.(false);
  }
}

describe('work that one instance does', () => {
  const lease = new GivenLease();
  let told: string[];
  let active: ActiveInstance;
  let failures = 0;

  beforeEach(() => {
    told = [];
    failures = 0;
    active = new ActiveInstance({
      role: 'spec',
      lease: (onLost) => Object.assign(lease, { onLost, isHeld: false }),
      log: pinoLog('silent'),
      metrics: new Metrics('spec'),
      work: () => ({
        start: async () => {
          told.push('start');
          if ((failures -= 1) >= 0) throw new Error('not yet');
        },
        stop: async () => void told.push('stop'),
      }),
    });
    active.start();
  });

  afterEach(() => active.stop());

  it('begins when it has the role, ends when it loses it, and begins anew', async () => {
    await delay(5);
    expect(told).toEqual([]);
    lease.give();
    await delay(5);
    expect(told).toEqual(['start']);
    lease.take();
    await delay(5);
    expect(told).toEqual(['start', 'stop']);
    lease.give();
    await delay(5);
    expect(told).toEqual(['start', 'stop', 'start']);
  });

  it('that can not begin gives the role back, so that another may try', async () => {
    failures = 1;
    lease.give();
    await delay(1_100);
    expect(told).toEqual(['start', 'stop']);
    expect(lease.isHeld).toBe(false);
  });

  it('ends when the instance stops, and the role is free', async () => {
    lease.give();
    await delay(5);
    await active.stop();
    expect(told).toEqual(['start', 'stop']);
    expect(lease.isHeld).toBe(false);
  });

  it('that never began does not end', async () => {
    await active.stop();
    expect(told).toEqual([]);
  });
});
