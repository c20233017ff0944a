import {
  contactsStream,
  idInStream,
  isContactsStream,
  isMessageStream,
  isNumberStream,
  isSendersStream,
  isTeamStream,
  messageStream,
  numberStream,
  sendersStream,
  teamStream,
} from './streams';

describe('stream names', () => {
  it('begin with their category and give back the id', () => {
    expect(teamStream('tm_1')).toBe('team-tm_1');
    expect(messageStream('msg_1')).toBe('message-msg_1');
    expect(contactsStream('sub_1')).toBe('contacts-sub_1');
    expect(sendersStream('sub_1')).toBe('senders-sub_1');
    expect(idInStream(teamStream('tm_a-b'))).toBe('tm_a-b');
  });

  it('have the digits of a phone number', () => {
    expect(numberStream('+14155550100')).toBe('number-14155550100');
  });

  it('tell their category', () => {
    const own = [teamStream, messageStream, contactsStream, sendersStream, numberStream];
    const streams = [...own.map((nameOf) => nameOf('+1')), 'teams-x', '$all'];
    const tests = [
      isTeamStream,
      isMessageStream,
      isContactsStream,
      isSendersStream,
      isNumberStream,
    ];
    for (const [place, isOfCategory] of tests.entries()) {
      expect(streams.map(isOfCategory)).toEqual(streams.map((_, other) => other === place));
    }
  });
});
