import { idInStream, isMessageStream, isTeamStream, messageStream, teamStream } from './streams';

describe('stream names', () => {
  it('begin with their category and give back the id', () => {
    expect(teamStream('tm_1')).toBe('team-tm_1');
    expect(messageStream('msg_1')).toBe('message-msg_1');
    expect(idInStream(teamStream('tm_a-b'))).toBe('tm_a-b');
  });

  it('tell their category', () => {
    const streams = [teamStream('x'), messageStream('x'), 'teams-x', '$all'];
    expect(streams.map(isTeamStream)).toEqual([true, false, false, false]);
    expect(streams.map(isMessageStream)).toEqual([false, true, false, false]);
  });
});
