import { EventStoreDBClient } from '@eventstore/db-client';
import {
  AppendOutcomeUnknown,
  LogCorrupt,
  LogUnavailable,
  NO_STREAM,
  WrongExpectedRevision,
} from '@tollgate/ports';
import {
  collect,
  newStream,
  revisionsOf,
  someEvents,
  describeWithDevstoreProcess,
  DevstoreProcess,
} from '@tollgate/testing';
import type { EventStoreDbEventLog } from '.';
import { logOn } from '../test/log-on';

const APPEND_TIMEOUT_MS = 400;

describeWithDevstoreProcess('given an event store that fails', (server) => {
  let log: EventStoreDbEventLog;
  let stream: string;

  beforeEach(async () => {
    stream = newStream();
    log = logOn(server(), { appendTimeoutMs: APPEND_TIMEOUT_MS, readTimeoutMs: APPEND_TIMEOUT_MS });
    await log.append(stream, NO_STREAM, someEvents(3));
  });

  afterEach(() => log.close());

  const idsInLog = async (): Promise<readonly string[]> =>
    (await collect(log.readStream(stream))).map(({ id }) => id);

  /** An append that the log takes as soon as the server is back. */
  async function expectWorking(expectedRevision: number): Promise<void> {
    const { revision } = await log.append(stream, expectedRevision, someEvents(1, 100));

    expect(revision).toBe(expectedRevision + 1);
  }

  /** As a writer does: an append that got no answer may arrive between its reading and its own. */
  async function appendAtEnd(): Promise<void> {
    const end = (await idsInLog()).length - 1;
    await log.append(stream, end, someEvents(1, 100)).catch((error: Error) => {
      if (error instanceof WrongExpectedRevision) return appendAtEnd();
      throw error;
    });
  }

  it('when an append gets no answer, then its outcome is unknown in time', async () => {
    await server().setFaults({ append: 'no-answer', count: 1 });
    const start = Date.now();

    await expect(log.append(stream, 2, someEvents(1, 3))).rejects.toThrow(AppendOutcomeUnknown);
    expect(Date.now() - start).toBeLessThan(3 * APPEND_TIMEOUT_MS);
    expect(await idsInLog()).toEqual(['e0', 'e1', 'e2']);
    await expectWorking(2);
  });

  it.each(['no-answer-after-commit', 'answer-lost-after-commit'] as const)(
    'when the answer gets lost (%s), then the outcome is unknown and the tail tells it',
    async (fault) => {
      await server().setFaults({ append: fault, count: 1 });

      await expect(log.append(stream, 2, someEvents(2, 3))).rejects.toThrow(AppendOutcomeUnknown);
      expect(await idsInLog()).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
      await expectWorking(4);
    },
  );

  it('when the same append comes again, then it succeeds as the first time', async () => {
    const appended = await log.append(stream, 2, someEvents(2, 3));
    await log.append(stream, 4, someEvents(5, 5));

    expect(await log.append(stream, 2, someEvents(2, 3))).toEqual(appended);
    expect(revisionsOf(await collect(log.readStream(stream)))).toHaveLength(10);
  });

  it('when others appended to a long stream, then the refusal tells where it ends', async () => {
    await log.append(stream, 2, someEvents(40, 3));

    const appending = log.append(stream, 2, someEvents(1, 100));
    await expect(appending).rejects.toBeInstanceOf(WrongExpectedRevision);
    await expect(appending).rejects.toMatchObject({ expected: 2, actual: 42 });
  });

  it('when one append gets no answer, then the others on its connection do', async () => {
    await server().setFaults({ append: 'no-answer', count: 1 });
    const silenced = log.append(stream, 2, someEvents(1, 3)).catch((error: Error) => error);
    const others = Array.from({ length: 20 }, async () => {
      const appended = await log.append(newStream(), NO_STREAM, someEvents(1));
      return appended.revision;
    });

    expect(await Promise.all(others)).toEqual(Array<number>(20).fill(0));
    expect(await silenced).toBeInstanceOf(AppendOutcomeUnknown);
  });

  it('when the server hangs, then nothing waits for ever, and later all goes on', async () => {
    server().pause();
    try {
      await expect(log.append(stream, 2, someEvents(1, 3))).rejects.toThrow(AppendOutcomeUnknown);
      await expect(collect(log.readStream(stream))).rejects.toThrow(LogUnavailable);
    } finally {
      server().resume();
    }
    await appendAtEnd();

    expect((await idsInLog()).filter((id) => id !== 'e3')).toEqual(['e0', 'e1', 'e2', 'e100']);
  });

  it('when the stream of appends is cut off, then each ends, and the next goes on', async () => {
    await server().setFaults({ append: 'no-answer-after-commit', count: 20 });
    const streams = Array.from({ length: 40 }, newStream);
    const appending = streams.map((name) => log.append(name, NO_STREAM, someEvents(1)));
    const ends = Promise.allSettled(appending);
    await server().setFaults({ cutStreams: true });
    const failures = (await ends).flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));

    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((failure) => !(failure instanceof AppendOutcomeUnknown))).toEqual([]);
    await expectWorking(2);
  });

  it('when a stream was deleted for good, then the log is corrupt', async () => {
    const client = EventStoreDBClient.connectionString(server().connectionString);
    await client.tombstoneStream(stream);
    await client.dispose();

    await expect(log.append(stream, 2, someEvents(1, 3))).rejects.toThrow(LogCorrupt);
    await expect(collect(log.readStream(stream))).rejects.toThrow(LogCorrupt);
  });

  it('when the server is killed amid appends, then each ends, and later all goes on', async () => {
    const streams = Array.from({ length: 40 }, newStream);
    const appending = streams.map(async (name, n) => {
      for (let revision = NO_STREAM; ; revision += 2) {
        await log.append(name, revision, someEvents(2, 1_000 * n + revision + 1));
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server().kill();
    const ends = await Promise.all(
      appending.map((append) => append.catch((error: Error) => error)),
    );

    const expected = [AppendOutcomeUnknown.name, LogUnavailable.name];
    expect(ends.filter((end) => !expected.includes((end as Error).name))).toEqual([]);
    await expect(log.append(stream, 2, someEvents(1, 3))).rejects.toThrow(LogUnavailable);
    await expect(collect(log.readStream(stream))).rejects.toThrow(LogUnavailable);
    await server().start();
    await expectWorking(2);
    for (const name of streams) {
      const revisions = revisionsOf(await collect(log.readStream(name)));
      expect(revisions).toEqual([...revisions.keys()]);
      expect(revisions.length % 2).toBe(0);
    }
  });
});

describe('given an event store that wants to know who asks', () => {
  it('when nobody says so, then the log is unavailable and says why', async () => {
    const env = { DEVSTORE_USER: 'tollgate', DEVSTORE_PASSWORD: 'secret' };
    const devstore = await DevstoreProcess.create(env);
    await devstore.start();
    const log = logOn(devstore);

    await expect(log.append('team-1', NO_STREAM, someEvents(1))).rejects.toThrow(/denies access/);
    await expect(collect(log.readStream('team-1'))).rejects.toThrow(/denies access/);
    await expect(collect(log.readAll())).rejects.toThrow(LogUnavailable);
    await log.close();
    await devstore.remove();
  });
});

describe('given no event store at the address', () => {
  it.each(['esdb://127.0.0.1:1?tls=false', 'esdb://127.0.0.1:1,127.0.0.1:2?tls=false'])(
    'when %s is used, then it says so in time',
    async (connectionString) => {
      const log = logOn({ connectionString }, { appendTimeoutMs: 400, readTimeoutMs: 400 });

      await expect(log.append('team-1', NO_STREAM, someEvents(1))).rejects.toThrow(LogUnavailable);
      await expect(collect(log.readStream('team-1'))).rejects.toThrow(LogUnavailable);
      await log.close();
    },
  );

  it('when the connection string makes no sense, then it is refused at once', () => {
    expect(() => logOn({ connectionString: 'localhost' })).toThrow(Error);
  });
});
