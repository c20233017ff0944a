import {
  createSender,
  deleteSender,
  givenSenders,
  numberAdded,
  numberId,
  otherNumberId,
  otherPhoneNumber,
  otherSenderId,
  phoneNumber,
  senderCreated,
  senderId,
  stateAfter,
  theCommandId,
  updateNumber,
} from '@tollgate/testing';
import { SENDERS_MAX, WEBHOOK_EVENTS, senders, type SenderEvent } from './index';

const url = 'https://hooks.example.com/acme';
const another = senderCreated({ senderId: otherSenderId, isDefault: false });
const defaultSet: SenderEvent = { type: 'DefaultSenderSet', data: { senderId: otherSenderId } };

describe('creating a sender', () => {
  it('makes the first one of the account the default, and no later one', () => {
    givenSenders().when(createSender()).then(senderCreated());
    givenSenders(senderCreated())
      .when(createSender({ senderId: otherSenderId }))
      .then(another);
  });

  it('makes it the default when it asks to be', () => {
    givenSenders(senderCreated())
      .when(createSender({ senderId: otherSenderId, setAsDefault: true }))
      .then(senderCreated({ senderId: otherSenderId }));
    givenSenders(senderCreated(), senderCreated({ senderId: otherSenderId }))
      .when(deleteSender())
      .then({ type: 'SenderDeleted', data: { senderId } });
  });

  it('makes the first one the default even when it asks not to be', () => {
    givenSenders()
      .when(createSender({ setAsDefault: false }))
      .then(senderCreated());
  });

  it('keeps what was given', () => {
    const email = { address: 'hello@example.com', fromName: 'Acme', receivingEnabled: true };
    givenSenders()
      .when(createSender({ smsOneway: true, email }))
      .then(senderCreated({ smsOneway: true, email }));
  });

  it('gives it a number that the account owns', () => {
    const data = { phoneNumber, voice: true };
    const sender = senderCreated({ numberId, voice: true });
    givenSenders(numberAdded()).when(createSender(data)).then(sender);
    givenSenders(numberAdded(), sender).when(updateNumber({ senderId })).thenNothing();
  });

  it('refuses a number that the account does not own', () => {
    givenSenders(numberAdded())
      .when(createSender({ phoneNumber: otherPhoneNumber }))
      .thenRefused({ code: 'number_not_owned', phoneNumber: otherPhoneNumber });
  });

  it('refuses a number that another sender has', () => {
    givenSenders(numberAdded(), senderCreated({ numberId }))
      .when(createSender({ senderId: otherSenderId, phoneNumber }))
      .thenRefused({ code: 'number_assigned', numberId });
  });

  it('refuses voice without a number', () => {
    givenSenders(numberAdded())
      .when(createSender({ voice: true }))
      .thenRefused({ code: 'voice_needs_number' });
  });

  it('gives it a webhook for all events of messages, with a first secret', () => {
    const rest = { active: true, signatureVersion: 'v2', secretVersion: 1 } as const;
    givenSenders()
      .when(createSender({ webhook: { url } }))
      .then(senderCreated({ webhook: { url, events: WEBHOOK_EVENTS, ...rest } }));
    const chosen = { url, events: ['message.failed'], active: false } as const;
    givenSenders()
      .when(createSender({ webhook: { ...chosen, signatureVersion: 'v1' } }))
      .then(senderCreated({ webhook: { ...chosen, signatureVersion: 'v1', secretVersion: 1 } }));
  });

  it('puts no sender in the place of one that is there', () => {
    givenSenders(senderCreated())
      .when(createSender())
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
  });

  it('ends at the most senders of one account', () => {
    const many = [senderCreated()];
    for (let n = 1; n < SENDERS_MAX - 1; n += 1) {
      many.push(senderCreated({ senderId: `snd_${n}`, isDefault: false }));
    }
    const command = createSender({ senderId: otherSenderId });
    expect(senders.decide(command, stateAfter(senders, many)).kind).toBe('accepted');
    const last = senderCreated({ senderId: 'snd_last', isDefault: false });
    expect(senders.decide(command, stateAfter(senders, [...many, last]))).toEqual({
      kind: 'refused',
      rejection: { code: 'too_many', what: 'senders', max: SENDERS_MAX },
    });
  });
});

describe('deleting a sender', () => {
  const deleted: SenderEvent = { type: 'SenderDeleted', data: { senderId: otherSenderId } };

  it('is refused for the default one, the last one too', () => {
    const refusal = { code: 'default_sender' } as const;
    givenSenders(senderCreated()).when(deleteSender()).thenRefused(refusal);
    givenSenders(senderCreated(), another).when(deleteSender()).thenRefused(refusal);
    givenSenders(senderCreated(), another, defaultSet)
      .when(deleteSender({ senderId: otherSenderId }))
      .thenRefused(refusal);
  });

  it('deletes any other one', () => {
    givenSenders(senderCreated(), another)
      .when(deleteSender({ senderId: otherSenderId }))
      .then(deleted);
    givenSenders(senderCreated(), another, defaultSet)
      .when(deleteSender())
      .then({ type: 'SenderDeleted', data: { senderId } });
  });

  it('takes its number from it', () => {
    const unassigned: SenderEvent = {
      type: 'NumberAssigned',
      data: { numberId: otherNumberId, senderId: null, previousSenderId: otherSenderId },
    };
    const past = [
      senderCreated(),
      numberAdded({ numberId: otherNumberId }),
      senderCreated({ ...another.data, numberId: otherNumberId }),
    ];
    givenSenders(...past)
      .when(deleteSender({ senderId: otherSenderId }))
      .then(unassigned, deleted);
    givenSenders(...past, unassigned, deleted)
      .when(createSender({ senderId: 'snd_new', phoneNumber }))
      .then(senderCreated({ senderId: 'snd_new', isDefault: false, numberId: otherNumberId }));
  });

  it('finds no sender that is unknown or deleted', () => {
    givenSenders(senderCreated(), another, deleted)
      .when(deleteSender({ senderId: otherSenderId }))
      .thenRefused({ code: 'sender_not_found', senderId: otherSenderId });
  });
});
