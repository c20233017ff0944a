import { givenOf } from '@tollgate/testing';
import type { MessageDelivered, MessageEvent, MessageFailed, MessageSent } from './events';
import { decideReport, evolveMessage } from './message';
import { queuedMessage } from './state';

const ref = { messageId: 'msg_1', accountId: 'sub_1', teamId: 'tm_1' };
const sent: MessageSent = { type: 'MessageSent', data: { ...ref, providerMessageId: 'p-1' } };
const delivered: MessageDelivered = { type: 'MessageDelivered', data: ref };
const failure = { errorCode: 'unreachable', errorMessage: 'The phone is off.' };
const failed: MessageFailed = { type: 'MessageFailed', data: { ...ref, ...failure } };

const given = givenOf({
  decider: {
    initialState: queuedMessage,
    decide: decideReport,
    evolve: (state, event: MessageEvent) => evolveMessage(state, event),
  },
  metadataAt: () => undefined,
  metadataOf: () => undefined,
  serialise: (state) => JSON.stringify(state),
});

describe('what a carrier reports of a message', () => {
  it.each([[sent], [delivered], [failed]])('is news while the message is queued', (report) => {
    given().when(report).then(report);
  });

  it('is news after it was sent, when it says how that ended', () => {
    given(sent).when(delivered).then(delivered);
    given(sent).when(failed).then(failed);
  });

  it('changes nothing the second time', () => {
    given(sent).when(sent).thenNothing();
    given(sent, delivered).when(delivered).thenNothing();
    given(sent, failed)
      .when({ ...failed, data: { ...failed.data, errorCode: 'another' } })
      .thenNothing();
  });

  it('is refused once the message has ended otherwise', () => {
    for (const report of [sent, failed]) {
      given(sent, delivered)
        .when(report)
        .thenRefused({ code: 'message_is_final', status: 'delivered' });
    }
    for (const report of [sent, delivered]) {
      given(failed).when(report).thenRefused({ code: 'message_is_final', status: 'failed' });
    }
  });
});

describe('the state of a message', () => {
  it('follows its events', () => {
    const state = queuedMessage();
    expect(state).toEqual({ revision: -1, status: 'queued' });
    evolveMessage(state, sent);
    expect(state).toEqual({ revision: 0, status: 'sent' });
    evolveMessage(state, delivered);
    expect(state).toEqual({ revision: 1, status: 'delivered' });
    evolveMessage(state, failed);
    expect(state).toEqual({ revision: 2, status: 'failed' });
  });
});
