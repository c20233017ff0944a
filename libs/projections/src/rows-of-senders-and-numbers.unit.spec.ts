import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { numberStream, sendersStream, type StoredDomainEvent } from '@tollgate/contracts';
import type { SenderEvent, SenderWebhook } from '@tollgate/domain';
import type { Row } from '@tollgate/ports';
import {
  numberAdded,
  numberId,
  numberTerms,
  otherNumberId,
  otherSenderId,
  paidUntil,
  phoneNumber,
  senderCreated,
  senderId,
  specTime,
  subAccountId,
  teamId,
} from '@tollgate/testing';
import { RecordedEvents } from '../spec/recorded';
import { projectEvents } from './project-events';
import {
  numberClaimKey,
  numberKey,
  numbersByStatusIndex,
  numbersIndex,
  senderKey,
  sendersIndex,
  sendersKey,
  type SenderRow,
} from './read-models';
import { webhookOf } from './sender-webhook';

async function shown(stream: string, events: readonly StoredDomainEvent[]) {
  const log = new RecordedEvents();
  events.forEach((event, n) => log.on(stream, event, specTime + n));
  const readModels = new InMemoryReadModels();
  await readModels.apply(projectEvents(log.all));
  return readModels;
}

const after = (...events: SenderEvent[]): Promise<InMemoryReadModels> =>
  shown(sendersStream(subAccountId), events);

const senderIn = async (models: InMemoryReadModels, id = senderId): Promise<Row | undefined> =>
  models.get(senderKey(subAccountId, id));

const numberIn = async (models: InMemoryReadModels): Promise<Row | undefined> =>
  models.get(numberKey(subAccountId, numberId));

async function listed(models: InMemoryReadModels, index: string): Promise<unknown[]> {
  const { items } = await models.list(index, { limit: 100 });
  return items.map(({ row }) => row['id']);
}

const webhook: SenderWebhook = {
  url: 'https://example.com/hook',
  events: ['message.delivered'],
  active: true,
  signatureVersion: 'v2',
  secretVersion: 1,
};

describe('the rows of senders', () => {
  const row = {
    id: senderId,
    accountId: subAccountId,
    name: 'Acme',
    numberId: null,
    smsOneway: false,
    voice: false,
    emailAddress: null,
    emailDomainId: null,
    emailFromName: null,
    emailReceivingEnabled: null,
    emailCatchAllEnabled: null,
    webhook: null,
    secretVersion: null,
    createdAt: specTime,
    updatedAt: specTime,
  };

  it('given the first was created, then it shows, and is the default', async () => {
    const models = await after(senderCreated());

    expect(await senderIn(models)).toEqual(row);
    expect(await models.get(sendersKey(subAccountId))).toEqual({ defaultSenderId: senderId });
  });

  it('given several, then the newest comes first, and the default is what was set', async () => {
    const second = senderCreated({ senderId: otherSenderId, isDefault: false });
    const models = await after(senderCreated(), second);
    expect(await listed(models, sendersIndex(subAccountId))).toEqual([otherSenderId, senderId]);
    expect(await models.get(sendersKey(subAccountId))).toEqual({ defaultSenderId: senderId });

    const set = await after(senderCreated(), second, {
      type: 'DefaultSenderSet',
      data: { senderId: otherSenderId },
    });
    expect(await set.get(sendersKey(subAccountId))).toEqual({ defaultSenderId: otherSenderId });
  });

  it('given an update, then only what it names changes, of its e-mail too', async () => {
    const email = { address: 'hi@example.com', receivingEnabled: true };
    const models = await after(senderCreated({ email }), {
      type: 'SenderUpdated',
      data: { senderId, name: 'New', smsOneway: true, email: { receivingEnabled: false } },
    });

    expect(await senderIn(models)).toEqual({
      ...row,
      name: 'New',
      smsOneway: true,
      emailAddress: 'hi@example.com',
      emailReceivingEnabled: false,
      updatedAt: specTime + 1,
    });
  });

  it('given a webhook, then it shows with the secret that counts, until it is gone', async () => {
    const webhookAfter = async (...events: SenderEvent[]): Promise<unknown> =>
      webhookOf((await senderIn(await after(...events))) as SenderRow);
    const created = senderCreated({ webhook });
    const regenerated: SenderEvent = {
      type: 'WebhookSecretRegenerated',
      data: { senderId, secretVersion: 2 },
    };
    const update = (change: SenderWebhook | null): SenderEvent => {
      return { type: 'SenderUpdated', data: { senderId, webhook: change } };
    };
    const paused = { ...webhook, active: false, secretVersion: 2 };

    expect(await webhookAfter(created)).toEqual(webhook);
    expect(await webhookAfter(created, regenerated)).toEqual({ ...webhook, secretVersion: 2 });
    expect(await webhookAfter(created, regenerated, update(paused))).toEqual(paused);
    expect(await webhookAfter(created, regenerated, update(null))).toBeNull();
    expect(await webhookAfter(senderCreated())).toBeNull();
  });

  it('given it was deleted, then it is gone from everywhere', async () => {
    const models = await after(senderCreated(), { type: 'SenderDeleted', data: { senderId } });

    expect(await senderIn(models)).toBeUndefined();
    expect(await listed(models, sendersIndex(subAccountId))).toEqual([]);
  });
});

describe('the rows of numbers', () => {
  const row = {
    id: numberId,
    accountId: subAccountId,
    phoneNumber,
    name: null,
    senderId: null,
    status: 'active',
    suspendedBecause: null,
    paidUntil,
    ...numberTerms,
    createdAt: specTime,
    updatedAt: specTime,
  };
  const status = async (models: InMemoryReadModels): Promise<unknown[]> =>
    Promise.all(
      ['active', 'suspended'].map((of) => listed(models, numbersByStatusIndex(subAccountId, of))),
    );

  it('given one was added, then it shows, and is listed, the newest first', async () => {
    const second = numberAdded({ numberId: otherNumberId, name: 'Support' });
    const models = await after(numberAdded(), second);

    expect(await numberIn(models)).toEqual(row);
    expect(await models.get(numberKey(subAccountId, otherNumberId))).toMatchObject({
      name: 'Support',
    });
    expect(await listed(models, numbersIndex(subAccountId))).toEqual([otherNumberId, numberId]);
    expect(await status(models)).toEqual([[otherNumberId, numberId], []]);
  });

  it('given it was renamed, then it has that name, or none', async () => {
    const renamed = (name: string | null): SenderEvent => {
      return { type: 'NumberRenamed', data: { numberId, name } };
    };
    const updatedAt = specTime + 1;

    expect(await numberIn(await after(numberAdded(), renamed('Sales')))).toEqual({
      ...row,
      name: 'Sales',
      updatedAt,
    });
    expect(await numberIn(await after(numberAdded({ name: 'a' }), renamed(null)))).toEqual({
      ...row,
      updatedAt,
    });
  });

  it('given it goes from one sender to another, then each row says so', async () => {
    const assigned: SenderEvent = {
      type: 'NumberAssigned',
      data: { numberId, senderId: otherSenderId, previousSenderId: senderId },
    };
    const past = [
      numberAdded(),
      senderCreated({ numberId }),
      senderCreated({ senderId: otherSenderId, isDefault: false }),
    ];
    const before = await after(...past);
    expect(await numberIn(before)).toMatchObject({ senderId, updatedAt: specTime + 1 });
    expect(await senderIn(before)).toMatchObject({ numberId });

    const moved = await after(...past, assigned);
    expect(await numberIn(moved)).toMatchObject({ senderId: otherSenderId });
    expect(await senderIn(moved)).toMatchObject({ numberId: null, updatedAt: specTime + 3 });
    expect(await senderIn(moved, otherSenderId)).toMatchObject({ numberId });
  });

  it('given its sender was deleted, then the number has none, and no row is left', async () => {
    const models = await after(
      numberAdded(),
      senderCreated({ numberId }),
      {
        type: 'NumberAssigned',
        data: { numberId, senderId: null, previousSenderId: senderId },
      },
      { type: 'SenderDeleted', data: { senderId } },
    );

    expect(await numberIn(models)).toMatchObject({ senderId: null });
    expect(await senderIn(models)).toBeUndefined();
  });

  it('given it can not be paid, then it is suspended, until it is renewed', async () => {
    const suspended: SenderEvent = {
      type: 'NumberSuspended',
      data: { numberId, reason: 'insufficient_balance' },
    };
    const renewed: SenderEvent = {
      type: 'NumberRenewed',
      data: { numberId, chargeId: 'chg_2', paidUntil: paidUntil + 1 },
    };
    const unpaid = await after(numberAdded(), suspended);
    expect(await numberIn(unpaid)).toEqual({
      ...row,
      status: 'suspended',
      suspendedBecause: 'insufficient_balance',
      updatedAt: specTime + 1,
    });
    expect(await status(unpaid)).toEqual([[], [numberId]]);

    const paid = await after(numberAdded(), suspended, renewed);
    expect(await numberIn(paid)).toEqual({
      ...row,
      paidUntil: paidUntil + 1,
      updatedAt: specTime + 2,
    });
    expect(await status(paid)).toEqual([[numberId], []]);
  });

  it('given it was released, then it is gone from everywhere', async () => {
    const models = await after(numberAdded(), {
      type: 'NumberReleased',
      data: { numberId, phoneNumber, teamId },
    });

    expect(await numberIn(models)).toBeUndefined();
    expect(await listed(models, numbersIndex(subAccountId))).toEqual([]);
    expect(await status(models)).toEqual([[], []]);
  });
});

describe('the rows of claims on numbers', () => {
  it('given one is claimed and released, then it says by whom, and then nothing', async () => {
    const order = { ...numberTerms, numberId, phoneNumber, accountId: subAccountId, teamId };
    const claimed: StoredDomainEvent = { type: 'NumberClaimed', data: order };
    const released: StoredDomainEvent = { type: 'NumberClaimReleased', data: { numberId } };
    const claimAfter = async (...events: StoredDomainEvent[]): Promise<unknown> =>
      (await shown(numberStream(phoneNumber), events)).get(numberClaimKey(phoneNumber));

    expect(await claimAfter(claimed)).toEqual({ numberId });
    expect(await claimAfter(claimed, released)).toBeUndefined();
    expect(await claimAfter(claimed, released, claimed)).toEqual({ numberId });
  });
});
