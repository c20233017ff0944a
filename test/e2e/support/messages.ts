import { setTimeout as delay } from 'node:timers/promises';
import type { MessageAnswer } from './answers';
import { storedEvents } from './stored-log';
import { listAll, type Spender } from './system';

const WAIT_MS_MAX = 180_000;

/** Everything that the log says of one message. */
export interface MessageStory {
  charges: number;
  chargeId: string;
  amount: number;
  refunded: number;
  refunds: number;
  /** What became of it, in the log's order. */
  readonly events: string[];
}

export async function storiesIn(dataDir: string): Promise<Map<string, MessageStory>> {
  const stories = new Map<string, MessageStory>();
  const byCharge = new Map<string, MessageStory>();
  for await (const { event } of storedEvents(dataDir)) {
    if (event.type === 'AccountCharged' && event.data.item.type === 'message') {
      const { chargeId, amount, item } = event.data;
      const known = stories.get(item.id);
      const none = { charges: 0, refunded: 0, refunds: 0, events: [] };
      const story = known ?? { ...none, chargeId, amount };
      story.charges += 1;
      stories.set(item.id, story);
      byCharge.set(chargeId, story);
    } else if (event.type === 'ChargeRefunded') {
      const story = byCharge.get(event.data.chargeId);
      if (story === undefined) continue;
      story.refunded += event.data.amount;
      story.refunds += 1;
    } else if ('messageId' in event.data) {
      stories.get(event.data.messageId)?.events.push(event.type);
    }
  }
  return stories;
}

/** Messages that were not charged once, or have no end, or more than one, or a wrong refund. */
export async function messagesNotSettled(dataDir: string): Promise<string[]> {
  const stories = [...(await storiesIn(dataDir))];
  return stories
    .filter(([, story]) => !isSettled(story))
    .map(([id, story]) => `${id}: ${JSON.stringify(story)}`);
}

function isSettled({ charges, amount, refunded, refunds, events }: MessageStory): boolean {
  if (charges !== 1) return false;
  switch (events.join()) {
    case 'MessageSent,MessageDelivered':
      return refunds === 0;
    case 'MessageFailed':
    case 'MessageSent,MessageFailed':
      return refunded === amount && refunds === (amount === 0 ? 0 : 1);
    default:
      return false;
  }
}

/** Until the API shows the end of every message, and the log what comes of it. */
export async function untilSettled(dataDir: string, spenders: readonly Spender[]): Promise<void> {
  const deadline = Date.now() + WAIT_MS_MAX;
  for (const { api } of spenders) {
    for (; Date.now() < deadline; await delay(100)) {
      const messages = await listAll<MessageAnswer>(api, '/v1/messages');
      if (messages.every(({ status }) => status === 'delivered' || status === 'failed')) break;
    }
  }
  while (Date.now() < deadline && (await messagesNotSettled(dataDir)).length > 0) await delay(100);
}
