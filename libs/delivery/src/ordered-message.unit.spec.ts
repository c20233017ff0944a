import { encodeEvent } from '@tollgate/contracts';
import type { AccountCharged, ChargeItem } from '@tollgate/domain';
import type { RecordedEvent } from '@tollgate/ports';
import { orderedMessageIn } from './ordered-message';

const metadata = {
  commandId: '01CMD000000000000000000001',
  at: 1,
  causationId: '01CMD000000000000000000000',
  correlationId: 'request 7',
};
const message: ChargeItem = {
  type: 'message',
  id: 'msg_1',
  to: '+14155551234',
  channel: 'sms',
  messageType: 'text',
  environment: 'test',
  content: {},
};

function charge(item: ChargeItem, stream = 'team-tm_1'): RecordedEvent {
  const numbers = { amount: 0, balanceAfter: 5, totalSpentAfter: 0 };
  const data = { chargeId: 'chg_1', accountId: 'sub_1', ...numbers, item };
  const event: AccountCharged = { type: 'AccountCharged', data };
  const { id, type, data: json, metadata: meta } = encodeEvent(event, metadata, 0);
  return { id, type, data: json, metadata: meta, stream, revision: 3, position: 12 };
}

describe('a charge', () => {
  it('orders the message that it names', () => {
    expect(orderedMessageIn(charge(message))).toEqual({
      ref: { messageId: 'msg_1', accountId: 'sub_1', teamId: 'tm_1', chargeId: 'chg_1' },
      item: message,
      cause: { causationId: metadata.commandId, correlationId: 'request 7' },
    });
  });

  it('names the sender of the message, when it has one', () => {
    const order = orderedMessageIn(charge({ ...message, senderId: 'snd_1' }));
    expect(order?.ref).toMatchObject({ senderId: 'snd_1', chargeId: 'chg_1' });
  });

  it('orders none for anything else', () => {
    expect(orderedMessageIn(charge({ type: 'custom' }))).toBeUndefined();
  });

  it('orders none outside of a team', () => {
    expect(orderedMessageIn(charge(message, 'message-msg_1'))).toBeUndefined();
  });

  it('is the only event that is even parsed', () => {
    expect(orderedMessageIn({ ...charge(message), type: 'TeamOpened', data: '!' })).toBeUndefined();
  });
});
