import {
  claimNumber,
  claimReleased,
  givenNumber,
  numberClaimed,
  numberId,
  otherNumberId,
  phoneNumber,
  releaseClaim,
  specTime,
  stateAfter,
  theCommandId,
  withFullWindow,
} from '@tollgate/testing';
import { numbers } from './index';

const first = { commandId: theCommandId, bodyHash: 1 };

describe('claiming a phone number', () => {
  it('is for whoever comes first, on the terms of the order', () => {
    givenNumber()
      .when(claimNumber({ name: 'Support' }))
      .then(numberClaimed({ name: 'Support' }));
  });

  it('is refused while another purchase holds it, of whatever account', () => {
    givenNumber(numberClaimed())
      .when(claimNumber({ numberId: otherNumberId }))
      .thenRefused({ code: 'number_taken', phoneNumber });
    givenNumber(numberClaimed({ accountId: 'sub_else', teamId: 'tm_else' }))
      .when(claimNumber({ numberId: otherNumberId }))
      .thenRefused({ code: 'number_taken', phoneNumber });
  });

  it('changes nothing for the purchase that holds it', () => {
    givenNumber(numberClaimed()).when(claimNumber()).thenNothing();
  });

  it('is open to anybody once it was given back', () => {
    givenNumber(numberClaimed(), claimReleased())
      .when(claimNumber({ numberId: otherNumberId }))
      .then(numberClaimed({ numberId: otherNumberId }));
    givenNumber(numberClaimed(), claimReleased()).when(claimNumber()).then(numberClaimed());
  });
});

describe('giving a phone number back', () => {
  it('is for the purchase that holds it', () => {
    givenNumber(numberClaimed()).when(releaseClaim()).then(claimReleased());
  });

  it('changes nothing for any other purchase, nor a second time', () => {
    givenNumber(numberClaimed()).when(releaseClaim(otherNumberId)).thenNothing();
    givenNumber().when(releaseClaim()).thenNothing();
    givenNumber(numberClaimed(), claimReleased()).when(releaseClaim()).thenNothing();
  });
});

describe('a command about a phone number that comes again', () => {
  it('is answered as at first, whoever holds the number now', () => {
    givenNumber(
      { event: numberClaimed(), metadata: first },
      claimReleased(),
      numberClaimed({ numberId: otherNumberId }),
    )
      .when(claimNumber({}, { bodyHash: 1 }))
      .thenRepeats(0);
    givenNumber(numberClaimed(), { event: claimReleased(), metadata: first })
      .when(releaseClaim(numberId, { bodyHash: 1 }))
      .thenRepeats(1);
  });

  it('is a conflict with another body', () => {
    givenNumber({ event: numberClaimed(), metadata: first })
      .when(claimNumber({}, { bodyHash: 2 }))
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
  });
});

describe('a phone number that can remember no more commands', () => {
  it('can be given back, but not be claimed', () => {
    const state = withFullWindow(stateAfter(numbers, [numberClaimed()]));
    expect(numbers.decide(releaseClaim(), state).kind).toBe('accepted');
    expect(numbers.decide(claimNumber(), state)).toEqual({
      kind: 'refused',
      rejection: { code: 'idempotency_window_full' },
    });
    state.window.remember(theCommandId, { revision: 0, bodyHash: 0 }, specTime);
    expect(numbers.decide(claimNumber(), state)).toEqual({ kind: 'repeated', revision: 0 });
  });
});
