import {
  contactsStream,
  decodeEvent,
  messageStream,
  numberStream,
  sendersStream,
  teamStream,
  type StoredDomainEvent,
} from '@tollgate/contracts';
import type { AccountCharged, MessageItem, PhoneNumberItem } from '@tollgate/domain';
import { ACCOUNTS, PHONE_NUMBERS, TEAM, type Told } from './deeds';
import type { DurableWorld } from './durable-world';

type Charge = AccountCharged['data'];

/** Everything that the log says, by what it is about. */
class Books {
  readonly charges: Charge[] = [];
  private readonly refunds = new Map<string, number[]>();

  constructor(team: readonly StoredDomainEvent[]) {
    for (const { type, data } of team) {
      if (type === 'AccountCharged') this.charges.push(data);
      if (type !== 'ChargeRefunded') continue;
      this.refunds.set(data.chargeId, [...(this.refunds.get(data.chargeId) ?? []), data.amount]);
    }
  }

  refundsOf({ chargeId }: Charge): readonly number[] {
    return this.refunds.get(chargeId) ?? [];
  }

  isRefunded(charge: Charge): boolean {
    return this.refundsOf(charge).length > 0;
  }
}

/** Every way in which money, messages and numbers are out of step; none when all is well. */
export async function brokenPromises(world: DurableWorld, told: Told): Promise<string[]> {
  const books = new Books(await eventsOf(world, teamStream(TEAM)));
  const owners = await Promise.all(ACCOUNTS.map((each) => eventsOf(world, sendersStream(each))));
  const broken = books.charges.filter((each) => isRefundedTwice(books, each)).map(shown);
  for (const charge of books.charges) {
    const { item } = charge;
    if (item.type === 'message') broken.push(...(await ofMessage(world, books, charge, item)));
    if (item.type === 'phone_number') broken.push(...ofNumber(owners.flat(), books, charge, item));
  }
  broken.push(...(await ofClaims(world, owners.flat())));
  broken.push(...ofAnswers(told, owners.flat(), books), ...(await ofRecipients(world)));
  return broken;
}

function isRefundedTwice(books: Books, charge: Charge): boolean {
  const refunds = books.refundsOf(charge);
  return refunds.length > 1 || refunds.some((amount) => amount !== charge.amount);
}

async function ofMessage(
  world: DurableWorld,
  books: Books,
  charge: Charge,
  { id }: MessageItem,
): Promise<string[]> {
  const types = (await eventsOf(world, messageStream(id))).map(({ type }) => type).join();
  const isFailed = types === 'MessageSent,MessageFailed';
  const isWhole = isFailed || types === 'MessageSent,MessageDelivered';
  return [
    ...(isWhole ? [] : [`message ${id}: ${types}`]),
    ...(isFailed === books.isRefunded(charge) ? [] : [`message ${id}: refund`]),
    ...(world.carrier.sent.get(id) === 1 ? [] : [`message ${id}: sent otherwise than once`]),
  ];
}

/** Paid for and had, or given back. */
function ofNumber(
  senders: readonly StoredDomainEvent[],
  books: Books,
  charge: Charge,
  { isRenewal }: PhoneNumberItem,
): string[] {
  const wanted = isRenewal === true ? 'NumberRenewed' : 'NumberAdded';
  const had = senders.filter(
    (event) => event.type === wanted && event.data.chargeId === charge.chargeId,
  );
  const isSound = had.length === (books.isRefunded(charge) ? 0 : 1);
  return isSound ? [] : [`${shown(charge)}: ${had.length} times ${wanted}`];
}

/** A number is claimed by whom it belongs to, and by nobody when it is nobody's. */
async function ofClaims(
  world: DurableWorld,
  senders: readonly StoredDomainEvent[],
): Promise<string[]> {
  const owned = new Map<string, string>();
  for (const { type, data } of senders) {
    if (type === 'NumberAdded') owned.set(data.numberId, data.phoneNumber);
    if (type === 'NumberReleased') owned.delete(data.numberId);
  }
  const broken: string[] = [];
  for (const phoneNumber of PHONE_NUMBERS) {
    let holder: string | undefined;
    for (const { type, data } of await eventsOf(world, numberStream(phoneNumber))) {
      if (type === 'NumberClaimed') holder = data.numberId;
      if (type === 'NumberClaimReleased') holder = undefined;
    }
    const owners = [...owned].filter(([, owns]) => owns === phoneNumber).map(([id]) => id);
    if (owners.join() !== (holder ?? '')) {
      broken.push(`${phoneNumber}: held by ${holder}, owned by ${owners.join()}`);
    }
  }
  return broken;
}

function ofAnswers(told: Told, senders: readonly StoredDomainEvent[], books: Books): string[] {
  const added = new Set<string>();
  for (const { type, data } of senders) if (type === 'NumberAdded') added.add(data.numberId);
  const kept = books.charges.filter((charge) => !books.isRefunded(charge));
  return [...told.values()].flatMap((answer) => {
    if (answer.status === 'bought') {
      return added.has(answer.numberId) ? [] : [`${answer.numberId}: told bought`];
    }
    const isCharged = kept.some(
      ({ item }) => item.type === 'phone_number' && item.id === answer.orderId,
    );
    return answer.status === 'refused' && isCharged ? [`${answer.orderId}: told refused`] : [];
  });
}

/** Whoever was sent to is one contact of the account. */
async function ofRecipients(world: DurableWorld): Promise<string[]> {
  const charges = new Books(await eventsOf(world, teamStream(TEAM))).charges;
  const broken: string[] = [];
  for (const account of ACCOUNTS) {
    const counts = await contactsByRecipient(world, account);
    for (const { accountId, item } of charges) {
      if (accountId !== account || item.type !== 'message') continue;
      const { recipient = '' } = item;
      if (counts.get(recipient) !== 1) broken.push(`${recipient}: no contact, or several`);
    }
  }
  return broken;
}

async function contactsByRecipient(
  world: DurableWorld,
  accountId: string,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { type, data } of await eventsOf(world, contactsStream(accountId))) {
    if (type !== 'ContactCreated') continue;
    for (const { fingerprint } of data.channels) {
      counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
    }
  }
  return counts;
}

async function eventsOf(world: DurableWorld, stream: string): Promise<StoredDomainEvent[]> {
  const events: StoredDomainEvent[] = [];
  for await (const batch of world.events.readStream(stream)) {
    for (const recorded of batch) events.push(decodeEvent(recorded).event);
  }
  return events;
}

function shown({ chargeId, item }: Charge): string {
  return `${chargeId} (${item.type})`;
}
