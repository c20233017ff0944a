import { LogCorrupt, LogUnavailable, ReadModelsUnavailable } from '@tollgate/ports';
import type { CommandFailure } from '../failure';
import { explainedServerFault } from './server-failures';

const place = {
  kind: 'servers',
  eventStore: 'esdb://admin:secret@node:2113?tls=true',
  redis: ['redis://:secret@one:6379', 'redis://two:6379'],
} as const;

const told = (fault: Error): string => explainedServerFault(fault, place).message;

describe('a store that fails an audit', () => {
  it.each([
    [
      "$all can't be read: 14 UNAVAILABLE: No connection established. Last error: Error: " +
        'connect ECONNREFUSED 127.0.0.1:1. Resolution note: ',
      "the event store at esdb://node:2113 can't be read: connect ECONNREFUSED 127.0.0.1:1",
    ],
    [
      "$all can't be read: Failed to discover after 10 attempts.",
      "the event store at esdb://node:2113 can't be read: Failed to discover after 10 attempts",
    ],
    [
      'nothing came within 10000 ms',
      "the event store at esdb://node:2113 can't be read: nothing came within 10000 ms",
    ],
    [
      'the event store denies access: 16 UNAUTHENTICATED: Invalid credentials',
      'the event store at esdb://node:2113 denies access',
    ],
  ])('is named with the cause alone: %s', (message, sentence) => {
    expect(told(new LogUnavailable(message))).toBe(sentence);
  });

  it('is named with all its addresses, and with what to do', () => {
    const failure = explainedServerFault(new ReadModelsUnavailable('none'), place);
    expect(failure.message).toBe(
      "the read models at redis://one:6379, redis://two:6379 can't be read: none",
    );
    expect((failure as CommandFailure).hints).toHaveLength(1);
  });

  it('is told from a damaged record, and from a bug', () => {
    expect(told(new LogCorrupt('team-1', 4, 'no JSON'))).toBe('stream team-1, revision 4: no JSON');
    const bug = new TypeError('undefined is not a function');
    expect(explainedServerFault(bug, place)).toBe(bug);
  });
});
