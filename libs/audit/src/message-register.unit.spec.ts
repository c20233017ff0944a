import { places, verify } from '../spec/sound-team';
import { StoredLog } from '../spec/stored-log';
import { messageItem, TeamScript } from '../spec/team-script';

describe('verifyLog on refunds and messages', () => {
  it('names refunds of more than their charge, and of none', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000).createAccount('sub_1');
    const charged = script.charge('sub_1', 1_000);
    script.refund('sub_1', charged, 600).refund('sub_1', charged, 401);
    script.refund('sub_1', `${charged.slice(0, -1)}x`, 1).refund(script.main, charged, 1);
    expect(places(await verify(script.log))).toEqual([
      'refund_mismatch@7',
      'refund_mismatch@8',
      'refund_mismatch@9',
    ]);
  });

  it('names events of a message after its end, out of order, and without a charge', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000);
    for (const id of ['msg_1', 'msg_2', 'msg_3']) {
      script.charge(script.main, 10, { item: messageItem(id) });
    }
    script.message('msg_1', script.main, ['MessageDelivered', 'MessageFailed']);
    script.message('msg_2', script.main, ['MessageSent', 'MessageSent']);
    script.message('msg_3', 'acc_of_others', ['MessageSent']);
    script.message('msg_4', script.main, ['MessageSent']);
    const { findings } = await verify(script.log);
    expect(findings.map(({ kind, stream, revision }) => [kind, stream, revision])).toEqual([
      ['message_unordered', 'message-msg_1', 1],
      ['event_misplaced', 'message-msg_2', 1],
      ['message_unordered', 'message-msg_3', 0],
      ['message_unordered', 'message-msg_4', 0],
    ]);
  });

  it('names a message that was charged twice', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000);
    script.charge(script.main, 10, { item: messageItem('msg_1') });
    script.charge(script.main, 10, { item: messageItem('msg_1') });
    expect(places(await verify(script.log))).toEqual(['message_unordered@4']);
  });
});
