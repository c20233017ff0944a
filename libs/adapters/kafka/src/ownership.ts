import { setTimeout as delay } from 'node:timers/promises';
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

const POLL_MS = 20;

/**
 * Which partitions the group gave to this process when it met last. What counts is when the group
 * was asked, not when its answer was read: a process that was paused finds answers that came
 * before its partitions went to another.
 */
export class Ownership {
  private partitions: ReadonlySet<number> = new Set();
  private meetings = 0;
  private hasJoined = false;
  /** When the question was sent that the group answered last. Unix ms. */
  private confirmedAt = 0;
  private readonly sentAt = new Map<string, number>();

  /** @param freshMs how old an answer may be: less than the group waits for a silent member. */
  constructor(
    consumer: Consumer,
    private readonly topic: string,
    private readonly freshMs: number,
    private readonly onChange: (partitions: number) => void = () => undefined,
  ) {
    const { REQUEST, HEARTBEAT, GROUP_JOIN, CRASH } = consumer.events;
    consumer.on(REQUEST, ({ payload }) => this.sentAt.set(payload.apiName, payload.sentAt));
    consumer.on(HEARTBEAT, () => this.confirmBy('Heartbeat'));
    consumer.on(GROUP_JOIN, ({ payload }) => {
      this.meetings += 1;
      this.hasJoined = true;
      this.partitions = new Set(payload.memberAssignment[this.topic] ?? []);
      this.confirmBy('SyncGroup');
      this.onChange(this.count);
    });
    consumer.on(CRASH, () => this.giveUp());
  }

  /** Whether this process is one of the group, even if the group gave it nothing. */
  get isMember(): boolean {
    return this.hasJoined;
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
        // The library asks only when its last question was answered a while ago.
        while (isHeld()) {
          await group.heartbeat().catch(throwWhenLost);
          if (this.isFresh) break;
          await delay(POLL_MS);
        }
        if (!isHeld()) throw new OwnershipLost(`partition ${partition} is another's now`);
      },
    };
  }

  private get isFresh(): boolean {
    return Date.now() - this.confirmedAt <= this.freshMs;
  }

  private confirmBy(question: string): void {
    this.confirmedAt = this.sentAt.get(question) ?? 0;
  }

  private giveUp(): void {
    this.meetings += 1;
    this.hasJoined = false;
    this.partitions = new Set();
    this.onChange(0);
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
