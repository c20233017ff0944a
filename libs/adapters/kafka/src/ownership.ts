import { OwnershipLost } from '@tollgate/ports';
import type { Consumer, EachBatchPayload } from 'kafkajs';

/** The group's answers that say that it has met, or is meeting, without this consumer. */
const LOST = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
]);

/** The right to a partition, as long as the group has not met again. */
export interface Claim {
  /** Which meeting of the group gave it. */
  readonly meeting: number;
  /** False once it is known to be over; true may be out of date. */
  readonly isHeld: boolean;
  /** Asks the group, unless it was asked a moment ago. @throws OwnershipLost */
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

  claim(partition: number, group: Pick<EachBatchPayload, 'heartbeat'>): Claim {
    const meeting = this.meetings;
    const isHeld = (): boolean => this.meetings === meeting && this.partitions.has(partition);
    return {
      meeting,
      get isHeld() {
        return isHeld();
      },
      confirm: async () => {
        if (isHeld()) await group.heartbeat().catch(throwWhenLost);
        if (!isHeld()) throw new OwnershipLost(`partition ${partition} is another's now`);
      },
    };
  }

  private giveUp(): void {
    this.meetings += 1;
    this.partitions = new Set();
  }
}

/** @throws OwnershipLost; a group that can't be asked now has given nothing to another. */
export async function stopIfLost(claim: Claim): Promise<void> {
  await claim.confirm().catch((fault: unknown) => {
    if (fault instanceof OwnershipLost) throw fault;
  });
}

/** Whether an answer of the group says that it meets without this consumer. */
export function saysLost(fault: unknown): boolean {
  const { type = '' } = fault as { readonly type?: string };
  return LOST.has(type);
}

function throwWhenLost(fault: unknown): never {
  if (!saysLost(fault)) throw fault;
  throw new OwnershipLost('the group meets without this consumer', { cause: fault });
}
