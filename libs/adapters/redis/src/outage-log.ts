import type { Log } from '@tollgate/ports';

/** Says once that Redis is away, and once that it is back, however often connecting fails. */
export class OutageLog {
  private isAway = false;

  constructor(private readonly log: Log) {}

  failed({ message }: Error): void {
    if (this.isAway) return;
    this.isAway = true;
    this.log.error('redis is away', { reason: message });
  }

  ready(): void {
    if (this.isAway) this.log.info('redis is back');
    this.isAway = false;
  }
}
