import { setTimeout as delay } from 'node:timers/promises';
import type { Lease, Log } from '@tollgate/ports';
import type { Metrics } from './metrics';

/** What only one instance at a time need do. It lives once. */
export interface Work {
  /** @throws Error it can't be begun now. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ActiveInstanceOptions {
  readonly role: string;
  readonly lease: (onLost: () => void) => Lease;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly work: () => Work;
}

const RETRY_MS = 1_000;

/**
 * Works while it has the role, and stands by while another has. Two that believe they have it at
 * the same time do work twice, and no harm: all that they write is guarded by revisions.
 */
export class ActiveInstance {
  private readonly lease: Lease;
  private running: Promise<void> | undefined;
  private isStopped = false;
  private lost: () => void = () => undefined;

  constructor(private readonly options: ActiveInstanceOptions) {
    this.lease = options.lease(() => this.lost());
  }

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.lost();
    await this.lease.release();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      const isOver = new Promise<void>((resolve) => (this.lost = resolve));
      if (!(await this.lease.acquired())) return;
      await this.workUntil(isOver);
      if (this.lease.isHeld) await this.lease.release();
    }
  }

  private async workUntil(isOver: Promise<void>): Promise<void> {
    const { role, log, metrics } = this.options;
    const work = this.options.work();
    log.info('active', { role });
    metrics.isActive.set(1);
    try {
      await work.start();
      await isOver;
    } catch (fault) {
      log.warn('work can not begin yet', { role, fault });
      await Promise.race([isOver, delay(RETRY_MS)]);
    }
    metrics.isActive.set(0);
    await work.stop();
    log.info('standing by', { role });
  }
}
