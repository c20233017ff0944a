import { InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { AppendOutcomeUnknown, LogUnavailable, type EventToAppend } from '@tollgate/ports';
import { FaultyEventLog } from './faulty-event-log';

const EVENT: EventToAppend = { id: 'c/0', type: 'T', data: '{}', metadata: '{}' };

describe('faulty event log', () => {
  let stored: InMemoryEventLog;
  let log: FaultyEventLog;

  beforeEach(() => {
    stored = new InMemoryEventLog();
    log = new FaultyEventLog(stored);
  });

  it.each([
    ['unavailable', LogUnavailable, 0],
    ['request-lost', AppendOutcomeUnknown, 0],
    ['written-answer-lost', AppendOutcomeUnknown, 1],
  ] as const)(
    'given %s, when appended, then it fails so and only once',
    async (fault, type, head) => {
      log.failAppends(fault);

      await expect(log.append('team-1', -1, [EVENT])).rejects.toBeInstanceOf(type);
      expect(stored.head).toBe(head);
      await expect(log.append('team-1', head - 1, [EVENT])).resolves.toMatchObject({
        revision: head,
      });
    },
  );

  it('given failing reads, when read again, then it works', async () => {
    await log.append('team-1', -1, [EVENT]);
    log.failReads(1);
    const read = async (): Promise<number> => {
      let count = 0;
      for await (const events of log.readStream('team-1')) count += events.length;
      return count;
    };

    await expect(read()).rejects.toBeInstanceOf(LogUnavailable);
    expect(await read()).toBe(1);
  });

  it('given another writer just before, when appended, then the revision is wrong', async () => {
    log.onAppend(async (stream) => void (await stored.append(stream, -1, [EVENT])));

    await expect(log.append('team-1', -1, [EVENT])).rejects.toMatchObject({ actual: 0 });
  });
});
