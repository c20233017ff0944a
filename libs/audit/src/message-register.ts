import type { DecodedEvent } from '@tollgate/contracts';
import type { MessageEvent } from '@tollgate/domain';
import type { Tell } from './finding';
import type { TeamAudit } from './team-audit';

/** The charge that ordered a message. */
export interface MessageOrder {
  readonly team: TeamAudit;
  readonly accountId: string;
  /** Of the charge. */
  readonly revision: number;
}

export type MessageStatus = 'queued' | 'sent' | 'delivered' | 'failed';

export interface OrderedMessage extends MessageOrder {
  status: MessageStatus;
}

/** Which report may follow which status, and what comes of it. */
const reports = {
  MessageSent: { after: ['queued'], status: 'sent' },
  MessageDelivered: { after: ['queued', 'sent'], status: 'delivered' },
  MessageFailed: { after: ['queued', 'sent'], status: 'failed' },
} as const satisfies Record<
  MessageEvent['type'],
  { after: readonly MessageStatus[]; status: MessageStatus }
>;

/**
 * The messages that were charged and are not at their end yet. A finished one is forgotten, so
 * that memory is bounded by what is under way; an event after the end then has no order.
 */
export class MessageRegister {
  private readonly open = new Map<string, OrderedMessage>();
  private readonly failed: MessageOrder[] = [];

  /** False when this message was ordered before. */
  order(messageId: string, order: MessageOrder): boolean {
    if (this.open.has(messageId)) return false;
    this.open.set(messageId, { ...order, status: 'queued' });
    return true;
  }

  find(messageId: string): OrderedMessage | undefined {
    return this.open.get(messageId);
  }

  unfinished(): IterableIterator<[string, OrderedMessage]> {
    return this.open.entries();
  }

  finish(messageId: string, message: OrderedMessage): void {
    this.open.delete(messageId);
    if (message.status === 'failed') this.failed.push(message);
  }

  /** Failed messages whose charge was not given back, or not yet. */
  countUnrefunded(): number {
    return this.failed.filter(({ team, revision }) => {
      const place = team.charges.find(revision);
      return place !== undefined && team.charges.refundable(place) > 0;
    }).length;
  }
}

/** Checks one event of a message against its order, and moves the message on. */
export function followMessage(
  { event }: DecodedEvent,
  revision: number,
  message: OrderedMessage,
  tell: Tell,
): void {
  const { type, data } = event as MessageEvent;
  const { team, accountId } = message;
  if (data.teamId !== team.teamId || data.accountId !== accountId) {
    const place = `account ${accountId} of team ${team.teamId}`;
    tell('message_unordered', revision, `${type} elsewhere than in ${place}`);
  }
  const report = reports[type];
  if (!report.after.some((status) => status === message.status)) {
    tell('event_misplaced', revision, `${type} of a message that is ${message.status}`);
  }
  message.status = report.status;
}
