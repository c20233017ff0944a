import { describeEventLog } from '@tollgate/testing';
import { InMemoryEventLog } from './in-memory-event-log';

describeEventLog('in memory', async () => ({
  log: new InMemoryEventLog(),
  close: async () => undefined,
}));

describe('given an event with its decoded form', () => {
  it('when it is read, then the decoded form is the very same object', async () => {
    const log = new InMemoryEventLog();
    const decoded = { event: 'any' };
    await log.append('team-1', -1, [{ id: '0', type: 'T', data: '{}', metadata: '{}', decoded }]);

    for await (const [event] of log.readAll()) expect(event!.decoded).toBe(decoded);
    expect(log.head).toBe(1);
  });
});
