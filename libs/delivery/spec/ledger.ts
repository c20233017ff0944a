import {
  ChainVerifier,
  decodeEvent,
  messageStream,
  teamStream,
  type DecodedEvent,
} from '@tollgate/contracts';
import type { ChargeRefunded } from '@tollgate/domain';
import type { RecordedEvent } from '@tollgate/ports';
import { digest, openingBalance, teamId, type World } from './world';

export interface FoundEvent extends DecodedEvent {
  readonly id: string;
  readonly type: string;
  readonly stored: RecordedEvent;
}

/** Events as another process would read them: decoded from what is stored. */
export async function readStream(world: World, stream: string): Promise<readonly FoundEvent[]> {
  const found: FoundEvent[] = [];
  for await (const batch of world.events.readStream(stream)) {
    for (const stored of batch) {
      const { id, type, data, metadata } = stored;
      found.push({ id, type, stored, ...decodeEvent({ type, data, metadata }) });
    }
  }
  return found;
}

export async function typesOf(world: World, messageId: string): Promise<readonly string[]> {
  return (await readStream(world, messageStream(messageId))).map(({ type }) => type);
}

interface OrderedCharge {
  readonly chargeId: string;
  readonly amount: number;
}

interface Books {
  readonly ordered: Map<string, OrderedCharge>;
  readonly refunds: string[];
  balance: number;
}

/** What was given back, in order. */
export async function refundsOf(world: World): Promise<readonly ChargeRefunded['data'][]> {
  const events = await readStream(world, teamStream(teamId));
  return events.flatMap(({ event }) => (event.type === 'ChargeRefunded' ? [event.data] : []));
}

async function booksOf(world: World): Promise<Books> {
  const books: Books = { ordered: new Map(), refunds: [], balance: openingBalance };
  for (const { event } of await readStream(world, teamStream(teamId))) {
    if (event.type === 'AccountCharged') {
      const { chargeId, amount, item, balanceAfter } = event.data;
      if (item.type === 'message') books.ordered.set(item.id, { chargeId, amount });
      books.balance = balanceAfter;
    }
    if (event.type === 'ChargeRefunded') {
      books.refunds.push(event.data.chargeId);
      books.balance = event.data.balanceAfter;
    }
  }
  return books;
}

async function isChainWhole(world: World, stream: string): Promise<boolean> {
  const verifier = new ChainVerifier(stream, (text) => digest.sha256(text));
  const events = await readStream(world, stream);
  return events.every(({ stored }) => verifier.follow(stored)) && verifier.isClosed;
}

/** Every way in which the promises of a delivery are broken; none when all messages ended well. */
export async function brokenPromises(world: World): Promise<readonly string[]> {
  const books = await booksOf(world);
  const broken: string[] = [];
  let spent = 0;
  for (const [messageId, charge] of books.ordered) {
    const types = await typesOf(world, messageId);
    const isFailed = types.at(-1) === 'MessageFailed';
    const refunds = isFailed && charge.amount > 0 ? 1 : 0;
    broken.push(...(await faultsOf(world, messageId, types)));
    if (count(books.refunds, charge.chargeId) !== refunds) broken.push(`${messageId}: refunds`);
    spent += isFailed ? 0 : charge.amount;
  }
  if (books.balance !== openingBalance - spent) broken.push(`balance of ${books.balance}`);
  return broken;
}

async function faultsOf(
  world: World,
  messageId: string,
  types: readonly string[],
): Promise<readonly string[]> {
  const sends = types[0] === 'MessageSent' ? 1 : 0;
  const isWhole = await isChainWhole(world, messageStream(messageId));
  return [
    ...(stories.includes(types.join()) ? [] : [`${messageId}: ${types.join(', ')}`]),
    ...(count(world.carrier.sends, messageId) === sends ? [] : [`${messageId}: sends`]),
    ...(isWhole ? [] : [`${messageId}: chain`]),
  ];
}

const stories = ['MessageFailed', 'MessageSent,MessageFailed', 'MessageSent,MessageDelivered'];

const count = (items: readonly string[], wanted: string): number =>
  items.filter((item) => item === wanted).length;
