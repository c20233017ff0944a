import type { Log } from '@tollgate/ports';
import type { RedisClient } from './redis-connection';

/** Says once that Redis is away, and once that it is back, however often connecting fails. */
export class OutageLog {
  private isAway = false;

  constructor(
    client: RedisClient,
    private readonly log: Log,
  ) {
    client.on('error', (fault: Error) => this.failed(fault));
    client.on('ready', () => this.ready());
  }

  private failed({ message }: Error): void {
    if (this.isAway) return;
    this.isAway = true;
    this.log.error('redis is away', { reason: message });
  }

  private ready(): void {
    if (this.isAway) this.log.info('redis is back');
    this.isAway = false;
  }
}
