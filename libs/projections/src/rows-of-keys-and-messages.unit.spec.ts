import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { apiKeyIdOf, type MessageItem } from '@tollgate/domain';
import type { Row } from '@tollgate/ports';
import {
  aTeam,
  aTeamWith,
  chargeIdAt,
  commandIdAt,
  mainAccountId,
  mainKeyId,
  newApiKey,
  specTime,
  subAccountId,
  subKeyId,
  teamId,
  type TeamHistory,
} from '@tollgate/testing';
import { RecordedEvents } from '../spec/recorded';
import { projectEvents } from './project-events';
import {
  apiKeyKey,
  apiKeysIndex,
  messageKey,
  messagesByChannelIndex,
  messagesByStatusIndex,
  messagesIndex,
  messagesToIndex,
  secretKey,
} from './read-models';

const secretHash = newApiKey('').secretHash;
const item: MessageItem = {
  type: 'message',
  id: 'msg_1',
  to: '+14155550100',
  channel: 'sms',
  messageType: 'text',
  environment: 'live',
  content: { text: 'Hello' },
};
const message = { messageId: item.id, accountId: subAccountId, teamId };

async function shown(log: RecordedEvents | TeamHistory): Promise<InMemoryReadModels> {
  const events = log instanceof RecordedEvents ? log : new RecordedEvents(teamId).team(log);
  const readModels = new InMemoryReadModels();
  await readModels.apply(projectEvents(events.all));
  return readModels;
}

const rowOf = async (log: RecordedEvents | TeamHistory, key: string): Promise<Row | undefined> =>
  (await shown(log)).get(key);

async function listed(log: RecordedEvents | TeamHistory, index: string): Promise<unknown[]> {
  const { items } = await (await shown(log)).list(index, { limit: 100 });
  return items.map(({ row, sortKey }) => [row['id'], Number(sortKey)]);
}

describe('the rows of API keys', () => {
  const key = {
    id: subKeyId,
    accountId: subAccountId,
    teamId,
    name: 'Default',
    prefix: 'tg_live_sub_abcd',
    environment: 'live',
    permissions: null,
    createdAt: specTime,
    revokedAt: null,
  };

  it('given one was issued, then it shows, without its secret or the hash of it', async () => {
    expect(await rowOf(aTeamWith(0), apiKeyKey(teamId, subKeyId))).toEqual(key);
    expect(JSON.stringify(await rowOf(aTeamWith(0), apiKeyKey(teamId, subKeyId)))).not.toContain(
      secretHash,
    );
  });

  it('given the hash of its secret, then the key is found', async () => {
    const history = aTeam().tell({
      type: 'ApiKeyIssued',
      data: {
        accountId: mainAccountId,
        ...newApiKey('key_2', { secretHash: 'cd'.repeat(32), environment: 'test' }),
        permissions: ['messages:send'],
      },
    });

    expect(await rowOf(history, secretKey('cd'.repeat(32)))).toEqual({
      keyId: 'key_2',
      accountId: mainAccountId,
      teamId,
      environment: 'test',
    });
    expect(await rowOf(history, apiKeyKey(teamId, 'key_2'))).toMatchObject({
      permissions: ['messages:send'],
      environment: 'test',
    });
    expect(await rowOf(history, secretKey(secretHash))).toMatchObject({ keyId: mainKeyId });
  });

  it('given it was revoked, then it says when, and everything else stays', async () => {
    const history = aTeamWith(0)
      .by({ at: specTime + 9 })
      .revoked();

    expect(await rowOf(history, apiKeyKey(teamId, subKeyId))).toEqual({
      ...key,
      revokedAt: specTime + 9,
    });
  });

  it('given its account was deactivated, then it is revoked with it', async () => {
    const history = aTeamWith(0)
      .by({ at: specTime + 9 })
      .deactivated();

    expect(await rowOf(history, apiKeyKey(teamId, subKeyId))).toMatchObject({
      revokedAt: specTime + 9,
    });
  });

  it('given several of an account, then they are listed, those of others are not', async () => {
    const second = apiKeyIdOf(commandIdAt(7));
    const data = { accountId: subAccountId, ...newApiKey(second) };
    const history = aTeamWith(0).tell({ type: 'ApiKeyIssued', data });

    expect(await listed(history, apiKeysIndex(teamId, subAccountId))).toEqual([
      [second, 5],
      [subKeyId, 4],
    ]);
  });
});

describe('the rows of messages', () => {
  const charged = (): RecordedEvents =>
    new RecordedEvents(teamId).team(aTeamWith(100).charged(4, subAccountId, item));
  const row = {
    id: item.id,
    accountId: subAccountId,
    teamId,
    chargeId: chargeIdAt(5),
    to: item.to,
    channel: 'sms',
    messageType: 'text',
    environment: 'live',
    content: { text: 'Hello' },
    sealed: null,
    recipient: null,
    senderId: null,
    cost: 4,
    status: 'queued',
    providerMessageId: null,
    errorCode: null,
    errorMessage: null,
    createdAt: specTime,
    updatedAt: specTime,
  };

  it('given a charge for one, then it is queued, and listed for its account', async () => {
    expect(await rowOf(charged(), messageKey(teamId, item.id))).toEqual(row);
    expect(await listed(charged(), messagesIndex(teamId, subAccountId))).toEqual([[item.id, 6]]);
    expect(await listed(charged(), messagesIndex(teamId, mainAccountId))).toEqual([]);
    const ofChannel = (channel: string): string =>
      messagesByChannelIndex(teamId, subAccountId, channel);
    expect(await listed(charged(), ofChannel('sms'))).toEqual([[item.id, 6]]);
    expect(await listed(charged(), ofChannel('email'))).toEqual([]);
  });

  it('given one whose recipient is sealed, then the row is too, and is found by whom', async () => {
    const { to: _, content: __, ...open } = item;
    const recipient = 'rcp_1';
    const sealed = { ...open, sealed: 'rcp_1 {}', recipient, senderId: 'snd_1' };
    const history = aTeamWith(100).charged(4, subAccountId, sealed);

    expect(await rowOf(history, messageKey(teamId, item.id))).toEqual({
      ...row,
      to: null,
      content: null,
      sealed: 'rcp_1 {}',
      recipient,
      senderId: 'snd_1',
    });
    const index = messagesToIndex(teamId, subAccountId, recipient);
    expect(await listed(history, index)).toEqual([[item.id, 6]]);
  });

  it('given a charge for anything else, then there is no message', async () => {
    const history = aTeamWith(100).charged(4, subAccountId, { type: 'custom', reference: 'r' });

    expect(await listed(history, messagesIndex(teamId, subAccountId))).toEqual([]);
  });

  it('given the carrier took and delivered it, then it says so', async () => {
    const sent = charged().message(
      { type: 'MessageSent', data: { ...message, providerMessageId: 'p1' } },
      specTime + 1,
    );
    const now = { status: 'sent', providerMessageId: 'p1', updatedAt: specTime + 1 };
    expect(await rowOf(sent, messageKey(teamId, item.id))).toEqual({ ...row, ...now });

    const delivered = sent.message({ type: 'MessageDelivered', data: message }, specTime + 2);
    expect(await rowOf(delivered, messageKey(teamId, item.id))).toEqual({
      ...row,
      ...now,
      status: 'delivered',
      updatedAt: specTime + 2,
    });
  });

  it('given it moves on, then it is listed with those of its status alone', async () => {
    const log = charged();
    const statuses = async (): Promise<Record<string, unknown>> => {
      const models = await shown(log);
      const pages = ['queued', 'sent', 'delivered', 'failed'].map(async (status) => {
        const index = messagesByStatusIndex(teamId, subAccountId, status);
        const { items } = await models.list(index, { limit: 9 });
        return [status, items.map(({ sortKey, row: { id } }) => [id, sortKey])] as const;
      });
      return Object.fromEntries((await Promise.all(pages)).filter(([, items]) => items.length > 0));
    };
    expect(await statuses()).toEqual({ queued: [[item.id, item.id]] });
    const sent = { ...message, providerMessageId: 'p1' };
    log.message({ type: 'MessageSent', data: sent }, specTime);
    expect(await statuses()).toEqual({ sent: [[item.id, item.id]] });
    log.message({ type: 'MessageDelivered', data: message }, specTime);
    expect(await statuses()).toEqual({ delivered: [[item.id, item.id]] });
  });

  it('given it failed, then it says why, and the refund is the account’s', async () => {
    const reason = { errorCode: '30003', errorMessage: 'unreachable' };
    const failed = charged().message(
      { type: 'MessageFailed', data: { ...message, ...reason } },
      specTime + 3,
    );

    expect(await rowOf(failed, messageKey(teamId, item.id))).toEqual({
      ...row,
      ...reason,
      status: 'failed',
      updatedAt: specTime + 3,
    });
  });
});
