import { OwnershipLost } from '@tollgate/ports';
import type { Consumer, EachBatchPayload } from 'kafkajs';

/** The right to a partition, as long as the group has not met again without it. */
export interface Claim {
  /** @throws OwnershipLost */
  confirm(): Promise<void>;
}

/** Which partitions the group gave to this process when it met last. */
export class Ownership {
  private partitions: ReadonlySet<number> = new Set();
  private meetings = 0;

  constructor(
    consumer: Consumer,
    private readonly topic: string,
  ) {
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.meetings += 1;
      this.partitions = new Set(payload.memberAssignment[this.topic] ?? []);
    });
    consumer.on(consumer.events.CRASH, () => this.giveUp());
  }

  /** How many partitions are this process's. */
  get count(): number {
    return this.partitions.size;
  }

  /**
   * @param group its heartbeat asks the group, unless it was asked a moment ago, and throws when it
   * has, or may have, given the partition to another.
   */
  claim(partition: number, group: Pick<EachBatchPayload, 'heartbeat' | 'isRunning'>): Claim {
    const { meetings } = this;
    const isOurs = (): boolean =>
      group.isRunning() && this.meetings === meetings && this.partitions.has(partition);
    return {
      confirm: async () => {
        await group.heartbeat();
        if (!isOurs()) {
          throw new OwnershipLost(`partition ${partition} went to another consumer`);
        }
      },
    };
  }

  private giveUp(): void {
    this.meetings += 1;
    this.partitions = new Set();
  }
}
