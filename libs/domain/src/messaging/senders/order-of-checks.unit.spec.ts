import {
  addNumber,
  commandIdAt,
  createSender,
  deleteSender,
  givenSenders,
  numberAdded,
  numberId,
  paidUntil,
  phoneNumber,
  regenerateSecret,
  releaseNumber,
  renewNumber,
  senderCreated,
  senderId,
  specTime,
  stateAfter,
  suspendNumber,
  teamId,
  theCommandId,
  updateNumber,
  updateSender,
  withFullWindow,
  type MessagingEnvelope,
} from '@tollgate/testing';
import { senders, type SenderEvent } from './index';

/* The order of checks is a promise: existence and validity, idempotency, then the rules. */

const past = [numberAdded(), senderCreated({ senderId: 'snd_first' })];
const ours = senderCreated({ isDefault: false });
const gone: SenderEvent[] = [
  { type: 'SenderDeleted', data: { senderId } },
  { type: 'NumberReleased', data: { numberId, phoneNumber, teamId } },
];

const commands = (as: MessagingEnvelope) => [
  createSender({ senderId: 'snd_new', phoneNumber }, as),
  updateSender({ name: 'Acme again' }, as),
  deleteSender({}, as),
  regenerateSecret({}, as),
  addNumber({ numberId: 'pn_new', phoneNumber: '+14155550199' }, as),
  updateNumber({ name: 'Support' }, as),
  renewNumber({ paidUntil: paidUntil + 1 }, as),
  suspendNumber({}, as),
  releaseNumber({}, as),
];

describe('every command about senders and numbers', () => {
  const known = [...past, { event: ours, metadata: { commandId: theCommandId, bodyHash: 1 } }];

  it.each(commands({ bodyHash: 1 }))('$type is answered as before when it is known', (command) => {
    givenSenders(...known)
      .when(command)
      .thenRepeats(2);
  });

  it.each(commands({ bodyHash: 1 }))(
    '$type that was accepted is not refused later, whatever became of its sender and number',
    (command) => {
      givenSenders(...known, ...gone)
        .when(command)
        .thenRepeats(2);
    },
  );

  it.each(commands({ bodyHash: 2 }))('$type is refused under the id of another', (command) => {
    givenSenders(...known)
      .when(command)
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
  });
});

describe('the order of checks', () => {
  const known = { event: senderCreated(), metadata: { commandId: theCommandId, bodyHash: 1 } };

  it('asks for existence first, then for the command, then for the rules', () => {
    givenSenders(known)
      .when(deleteSender({ senderId: 'snd_unknown' }, { bodyHash: 2 }))
      .thenRefused({ code: 'sender_not_found', senderId: 'snd_unknown' });
    givenSenders(known)
      .when(deleteSender({}, { bodyHash: 2 }))
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
    givenSenders(known)
      .when(deleteSender({}, { id: commandIdAt(7) }))
      .thenRefused({ code: 'default_sender' });
  });
});

describe('an account that can remember no more commands', () => {
  const full = withFullWindow(stateAfter(senders, [...past, ours]));
  full.window.remember(commandIdAt(5), { revision: 1, bodyHash: 0 }, specTime);
  const takesAway = ['ReleaseNumber', 'SuspendNumber'];
  const rejection = { code: 'idempotency_window_full' };

  it.each(commands({}))('takes $type only if it takes away', (command) => {
    const decision = senders.decide(command, full);
    if (takesAway.includes(command.type)) return expect(decision.kind).toBe('accepted');
    return expect(decision).toEqual({ kind: 'refused', rejection });
  });

  it.each(commands({ id: commandIdAt(5) }))('still knows $type from before', (command) => {
    expect(senders.decide(command, full)).toEqual({ kind: 'repeated', revision: 1 });
  });
});
