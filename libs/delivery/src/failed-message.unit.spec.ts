import { encodeEvent } from '@tollgate/contracts';
import type { MessageEvent, MessageRef } from '@tollgate/domain';
import type { RecordedEvent } from '@tollgate/ports';
import { failedMessageIn } from './failed-message';

const metadata = {
  commandId: '01CMD000000000000000000002',
  at: 1,
  causationId: '01CMD000000000000000000001',
  traceparent: '00-1-2-01',
};
const ref: MessageRef = { messageId: 'msg_1', accountId: 'sub_1', teamId: 'tm_1' };
const charged: MessageRef = { ...ref, senderId: 'snd_1', chargeId: 'chg_1' };

function stored(event: MessageEvent, stream = 'message-msg_1'): RecordedEvent {
  const { id, type, data, metadata: meta } = encodeEvent(event, metadata, 0);
  return { id, type, data, metadata: meta, stream, revision: 1, position: 12 };
}

function failure(of: MessageRef): MessageEvent {
  return { type: 'MessageFailed', data: { ...of, errorCode: 'lost', errorMessage: 'Lost.' } };
}

describe('the failure of a message', () => {
  it('names the charge that goes back, why, and what all of it was caused by', () => {
    expect(failedMessageIn(stored(failure(charged)))).toEqual({
      ref: charged,
      errorCode: 'lost',
      cause: { causationId: metadata.causationId, traceparent: '00-1-2-01' },
    });
  });

  it('is left to whoever has the order when it names no charge', () => {
    expect(failedMessageIn(stored(failure(ref)))).toBeUndefined();
  });

  it('is no other event, nor anything outside of a message', () => {
    expect(failedMessageIn(stored({ type: 'MessageDelivered', data: charged }))).toBeUndefined();
    expect(failedMessageIn(stored(failure(charged), 'team-tm_1'))).toBeUndefined();
  });

  it('is the only event that is even parsed', () => {
    const other = { ...stored(failure(charged)), type: 'MessageSent', data: '!' };
    expect(failedMessageIn(other)).toBeUndefined();
  });
});
