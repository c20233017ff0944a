import {
  addNumber,
  createSender,
  givenSenders,
  numberAdded,
  numberId,
  otherNumberId,
  otherPhoneNumber,
  otherSenderId,
  paidUntil,
  phoneNumber,
  releaseNumber,
  renewNumber,
  senderCreated,
  senderId,
  stateAfter,
  suspendNumber,
  teamId,
  updateNumber,
} from '@tollgate/testing';
import { NUMBERS_MAX, senders, type SenderEvent } from './index';

const released: SenderEvent = { type: 'NumberReleased', data: { numberId, phoneNumber, teamId } };

describe('adding a number to an account', () => {
  it('keeps the terms that it was bought on', () => {
    givenSenders().when(addNumber()).then(numberAdded());
    givenSenders()
      .when(addNumber({ name: 'Support', isFree: true }))
      .then(numberAdded({ name: 'Support', isFree: true }));
  });

  it('changes nothing when it is there, and brings back none that was given back', () => {
    const { chargeId } = numberAdded().data;
    givenSenders(numberAdded()).when(addNumber()).thenNothing();
    givenSenders(numberAdded(), released)
      .when(addNumber())
      .thenRefused({ code: 'number_released', chargeId });
  });

  it('names the charge that bought it to one that came in vain', () => {
    const { chargeId } = numberAdded().data;
    const again = { chargeId: 'chg_again' };
    givenSenders(numberAdded())
      .when(addNumber(again))
      .thenRefused({ code: 'number_owned', chargeId });
    givenSenders(numberAdded(), released)
      .when(addNumber(again))
      .thenRefused({ code: 'number_released', chargeId });
  });

  it('takes a phone number again that was bought again', () => {
    const again = { numberId: otherNumberId };
    givenSenders(numberAdded(), released).when(addNumber(again)).then(numberAdded(again));
  });

  it('ends at the most numbers of one account', () => {
    const many: SenderEvent[] = [];
    for (let n = 1; n < NUMBERS_MAX; n += 1) {
      many.push(numberAdded({ numberId: `pn_${n}`, phoneNumber: `+1415${n}` }));
    }
    expect(senders.decide(addNumber(), stateAfter(senders, many)).kind).toBe('accepted');
    const last = numberAdded({ numberId: 'pn_last', phoneNumber: otherPhoneNumber });
    expect(senders.decide(addNumber(), stateAfter(senders, [...many, last]))).toEqual({
      kind: 'refused',
      rejection: { code: 'too_many', what: 'phone numbers', max: NUMBERS_MAX },
    });
  });
});

describe('updating a number', () => {
  const another = senderCreated({ senderId: otherSenderId, isDefault: false });
  const past = [numberAdded(), senderCreated(), another];
  const assigned = (to: string | null, from: string | null): SenderEvent => ({
    type: 'NumberAssigned',
    data: { numberId, senderId: to, previousSenderId: from },
  });
  const renamed = (name: string | null): SenderEvent => {
    return { type: 'NumberRenamed', data: { numberId, name } };
  };

  it('gives it a name and takes it away', () => {
    givenSenders(numberAdded())
      .when(updateNumber({ name: 'Support' }))
      .then(renamed('Support'));
    givenSenders(numberAdded({ name: 'Support' }))
      .when(updateNumber({ name: null }))
      .then(renamed(null));
  });

  it('assigns it, moves it to another sender, and takes it from its sender', () => {
    givenSenders(...past)
      .when(updateNumber({ senderId }))
      .then(assigned(senderId, null));
    givenSenders(...past, assigned(senderId, null))
      .when(updateNumber({ senderId: otherSenderId }))
      .then(assigned(otherSenderId, senderId));
    givenSenders(...past, assigned(senderId, null), assigned(otherSenderId, senderId))
      .when(updateNumber({ senderId: null }))
      .then(assigned(null, otherSenderId));
  });

  it('says both in one order', () => {
    givenSenders(...past)
      .when(updateNumber({ senderId, name: 'Support' }))
      .then(renamed('Support'), assigned(senderId, null));
  });

  it('says nothing when nothing changes', () => {
    givenSenders(...past)
      .when(updateNumber({}))
      .thenNothing();
    givenSenders(...past)
      .when(updateNumber({ name: null, senderId: null }))
      .thenNothing();
    givenSenders(...past, assigned(senderId, null), renamed('Support'))
      .when(updateNumber({ name: 'Support', senderId }))
      .thenNothing();
  });

  it('turns voice off for the sender that loses it', () => {
    const caller = [numberAdded(), senderCreated({ numberId, voice: true }), another];
    const silenced: SenderEvent = { type: 'SenderUpdated', data: { senderId, voice: false } };
    givenSenders(...caller)
      .when(updateNumber({ senderId: null }))
      .then(assigned(null, senderId), silenced);
    givenSenders(...caller)
      .when(updateNumber({ senderId: otherSenderId }))
      .then(assigned(otherSenderId, senderId), silenced);
    givenSenders(...caller)
      .when(updateNumber({ senderId, name: 'Support' }))
      .then(renamed('Support'));
  });

  it('refuses a sender that has another number', () => {
    const other = { numberId: otherNumberId, phoneNumber: otherPhoneNumber };
    givenSenders(numberAdded(other), senderCreated({ numberId: otherNumberId }), numberAdded())
      .when(updateNumber({ senderId }))
      .thenRefused({ code: 'sender_has_number', senderId });
  });

  it('finds no number and no sender that is unknown', () => {
    givenSenders(senderCreated())
      .when(updateNumber({ name: 'Support' }))
      .thenRefused({ code: 'number_not_found', numberId });
    givenSenders(numberAdded())
      .when(updateNumber({ senderId }))
      .thenRefused({ code: 'sender_not_found', senderId });
  });
});

describe('renewing and suspending a number', () => {
  const next = paidUntil + 1;
  const renewed = (until: number): SenderEvent => {
    return { type: 'NumberRenewed', data: { numberId, chargeId: 'chg_2', paidUntil: until } };
  };
  const suspended: SenderEvent = {
    type: 'NumberSuspended',
    data: { numberId, reason: 'insufficient_balance' },
  };

  it('renews it up to a later time, and only to a later one', () => {
    givenSenders(numberAdded())
      .when(renewNumber({ paidUntil: next }))
      .then(renewed(next));
    for (const until of [next, paidUntil]) {
      givenSenders(numberAdded(), renewed(next))
        .when(renewNumber({ paidUntil: until, chargeId: 'chg_3' }))
        .thenNothing();
    }
  });

  it('suspends it once', () => {
    givenSenders(numberAdded()).when(suspendNumber()).then(suspended);
    givenSenders(numberAdded(), suspended)
      .when(suspendNumber({ reason: 'another' }))
      .thenNothing();
  });

  it('ends a suspension by a renewal, so that it can be suspended again', () => {
    givenSenders(numberAdded(), suspended)
      .when(renewNumber({ paidUntil: next }))
      .then(renewed(next));
    givenSenders(numberAdded(), suspended, renewed(next)).when(suspendNumber()).then(suspended);
  });

  it('has nothing to say of a month that a number had before it was given back', () => {
    givenSenders(numberAdded(), renewed(next), released)
      .when(renewNumber({ paidUntil: next, chargeId: 'chg_3' }))
      .thenNothing();
    givenSenders(numberAdded(), renewed(next), released)
      .when(renewNumber({ paidUntil: next + 1 }))
      .thenRefused({ code: 'number_not_found', numberId });
  });

  it('finds no number that is unknown or given back', () => {
    const refusal = { code: 'number_not_found', numberId } as const;
    for (const past of [[], [numberAdded(), released]]) {
      givenSenders(...past)
        .when(renewNumber({ paidUntil: next }))
        .thenRefused(refusal);
      givenSenders(...past)
        .when(suspendNumber())
        .thenRefused(refusal);
    }
  });
});

describe('giving a number back', () => {
  it('ends that the account owns it', () => {
    givenSenders(numberAdded()).when(releaseNumber()).then(released);
    givenSenders(numberAdded(), released)
      .when(createSender({ phoneNumber }))
      .thenRefused({ code: 'number_not_owned', phoneNumber });
  });

  it('is refused while a sender has it', () => {
    givenSenders(numberAdded(), senderCreated({ numberId }))
      .when(releaseNumber())
      .thenRefused({ code: 'number_assigned', numberId });
  });

  it('finds no number that is unknown', () => {
    givenSenders(numberAdded())
      .when(releaseNumber({ numberId: otherNumberId }))
      .thenRefused({ code: 'number_not_found', numberId: otherNumberId });
  });
});
