import { encodeEvent, type StoredDomainEvent } from '@tollgate/contracts';
import type { RecordedEvent } from '@tollgate/ports';
import { nodeDigest } from '@tollgate/testing';
import { webhookEventIn } from './webhook-event';

const at = 1_767_571_200_000;

function recorded(stream: string, event: StoredDomainEvent, revision = 4): RecordedEvent {
  const { decoded: _decoded, ...encoded } = encodeEvent(event, { commandId: 'x', at }, 0);
  return { ...encoded, stream, revision, position: 9 };
}

const ref = { messageId: 'msg_1', accountId: 'sub_1', teamId: 'tm_1' };
const told = { ...ref, senderId: 'snd_1', chargeId: 'chg_1' };
const item = { channel: 'sms', messageType: 'text', environment: 'live', to: '+1' } as const;

function charge(senderId?: string, text = 'Hello'): StoredDomainEvent {
  const from = senderId === undefined ? {} : { senderId };
  return {
    type: 'AccountCharged',
    data: {
      chargeId: 'chg_1',
      accountId: 'sub_1',
      amount: 1,
      balanceAfter: 0,
      totalSpentAfter: 1,
      item: { type: 'message', id: 'msg_1', ...item, content: { text }, ...from },
    },
  };
}

describe('an event that webhooks are told of', () => {
  it('is the order of a message', () => {
    expect(webhookEventIn(recorded('team-tm_1', charge('snd_1')), nodeDigest)).toEqual({
      id: expect.stringMatching(/^evt_[0-9A-HJKMNP-TV-Z]{26}$/) as unknown,
      type: 'message.queued',
      at,
      ...told,
      item: expect.objectContaining({ id: 'msg_1', to: '+1' }) as unknown,
      place: { stream: 'team-tm_1', revision: 4 },
    });
  });

  it.each([
    ['message.sent', { type: 'MessageSent', data: { ...told, providerMessageId: 'p' } }],
    ['message.delivered', { type: 'MessageDelivered', data: told }],
  ] as const)('is a step of one: %s', (type, event) => {
    const found = webhookEventIn(recorded('message-msg_1', event), nodeDigest);
    expect(found).toMatchObject({ type, at, ...told });
    expect(found).not.toHaveProperty('failure');
  });

  it('is its failure, with why', () => {
    const failure = { errorCode: 'no', errorMessage: 'No.' };
    const event = { type: 'MessageFailed', data: { ...told, ...failure } } as const;
    const found = webhookEventIn(recorded('message-msg_1', event), nodeDigest);
    expect(found).toMatchObject({ type: 'message.failed', ...told, failure });
  });

  it('has an id of its own, the same in every process', () => {
    const id = (stream: string, revision: number): string | undefined =>
      webhookEventIn(recorded(stream, charge('snd_1'), revision), nodeDigest)?.id;
    expect(id('team-tm_1', 4)).toBe(id('team-tm_1', 4));
    expect(new Set([id('team-tm_1', 4), id('team-tm_1', 5), id('team-tm_2', 4)]).size).toBe(3);
  });
});

describe('no event that webhooks are told of', () => {
  it.each<[string, string, StoredDomainEvent]>([
    ['an order without a sender', 'team-tm_1', charge()],
    ['an order that only speaks of one', 'team-tm_1', charge(undefined, '"senderId":')],
    ['an order in a stream of another kind', 'senders-sub_1', charge('snd_1')],
    [
      'a step without a sender',
      'message-msg_1',
      { type: 'MessageDelivered', data: { ...ref, chargeId: 'chg_1' } },
    ],
    [
      'a step of an earlier release, which names no charge',
      'message-msg_1',
      { type: 'MessageDelivered', data: { ...ref, senderId: 'snd_1' } },
    ],
    [
      'a charge for something else',
      'team-tm_1',
      {
        type: 'AccountCharged',
        data: {
          chargeId: 'chg_1',
          accountId: 'sub_1',
          amount: 1,
          balanceAfter: 0,
          totalSpentAfter: 1,
          item: { type: 'custom', reference: 'x', description: '"senderId":' },
        },
      },
    ],
    ['anything else', 'senders-sub_1', { type: 'SenderDeleted', data: { senderId: 'snd_1' } }],
  ])('is %s', (_what, stream, event) => {
    expect(webhookEventIn(recorded(stream, event), nodeDigest)).toBeUndefined();
  });
});
