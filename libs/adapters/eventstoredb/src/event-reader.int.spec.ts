import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { NO_STREAM } from '@tollgate/ports';
import {
  collect,
  describeWithEventStore,
  newStream,
  revisionsOf,
  someEvents,
} from '@tollgate/testing';
import type { EventStoreDbEventLog } from '.';
import { logOn } from '../test/log-on';

const READ_TIMEOUT_MS = 200;

describeWithEventStore('given streams in an event store', (server) => {
  let log: EventStoreDbEventLog;
  let stream: string;
  let position: number;

  beforeEach(async () => {
    log = logOn(server(), { readTimeoutMs: READ_TIMEOUT_MS });
    stream = newStream();
    ({ position } = await log.append(stream, NO_STREAM, someEvents(510)));
  });

  afterEach(() => log.close());

  it('when a read is left early, then the log closes all the same', async () => {
    const revisions: number[] = [];
    for await (const events of log.readStream(stream)) {
      revisions.push(...revisionsOf(events));
      // By now the rest has come as well, and nobody takes it.
      await delay(50);
      break;
    }

    expect(revisions).toEqual([...revisions.keys()]);
    await expect(Promise.race([log.close(), delay(2_000, 'hangs')])).resolves.toBeUndefined();
  });

  it('when a reader is slower than the timeout, then it gets everything', async () => {
    await log.append(stream, 509, someEvents(1_500, 510));
    const revisions: number[] = [];
    for await (const events of log.readStream(stream)) {
      await delay(2 * READ_TIMEOUT_MS);
      revisions.push(...revisionsOf(events));
    }

    expect(revisions).toEqual([...Array(2_010).keys()]);
  });

  it('when others write to their own streams, then reading all passes them over', async () => {
    await log.append(`other-${stream}`, NO_STREAM, someEvents(100));
    const last = await log.append(newStream(), NO_STREAM, someEvents(1, 7));

    const events = await collect(log.readAll(position));
    expect(events.map((event) => event.position)).toEqual([last.position]);
  });

  it('when asked where the log ends, then it names the last event that is ours', async () => {
    await log.append(`other-${stream}`, NO_STREAM, someEvents(1));

    expect(await log.lastPosition()).toBe(position);
  });

  it('when another program writes an event, then it has the id that the server knows', async () => {
    const client = EventStoreDBClient.connectionString(server().connectionString);
    const event = jsonEvent({ type: 'SomethingElse', data: { n: 1 } });
    await client.appendToStream(stream, event);
    await client.dispose();

    expect(await collect(log.readStream(stream, 510))).toMatchObject([
      { id: event.id, type: 'SomethingElse', data: '{"n":1}', metadata: '{}', revision: 510 },
    ]);
  });

  it('when another program reads an event, then it finds JSON and the id', async () => {
    const client = EventStoreDBClient.connectionString(server().connectionString);
    const found: unknown[] = [];
    for await (const { event } of client.readStream(stream, { fromRevision: 509n })) {
      found.push([event?.isJson, event?.data, event?.metadata]);
    }
    await client.dispose();

    expect(found).toEqual([[true, { n: 509 }, { eventId: 'e509', at: 509 }]]);
  });
});
