import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, StreamNotFoundError, jsonEvent } from '@eventstore/db-client';
import { NO_STREAM, VaultUnavailable } from '@tollgate/ports';
import {
  collect,
  describeWithDevstoreProcess,
  describeWithEventStore,
  newStream,
  someEvents,
} from '@tollgate/testing';
import { logOn } from '../test/log-on';
import { EventStoreDbVault } from '.';

const textOf = (key: Uint8Array | undefined): string =>
  key === undefined ? '' : Buffer.from(key).toString('base64url');

describeWithEventStore('keys in an event store', (store) => {
  let vault: EventStoreDbVault;
  let client: EventStoreDBClient;
  let subject: string;
  let stream: string;

  beforeEach(() => {
    vault = new EventStoreDbVault(store());
    client = EventStoreDBClient.connectionString(store().connectionString);
    subject = `con_${randomUUID()}`;
    stream = `vault-${subject}`;
  });

  afterEach(async () => {
    await vault.close();
    await client.dispose();
  });

  async function typesInStream(): Promise<readonly string[]> {
    const types: string[] = [];
    for await (const { event } of client.readStream(stream)) types.push(event!.type);
    return types;
  }

  /** What the store holds until it is scavenged. */
  async function stored(): Promise<readonly (readonly [type: string, data: unknown])[]> {
    const events: (readonly [string, unknown])[] = [];
    for await (const { event } of client.readAll()) {
      if (event?.streamId === stream) events.push([event.type, event.data]);
    }
    return events;
  }

  it('given a key, then it is one event of a stream of its own', async () => {
    const key = await vault.keyOf(subject);

    expect(await typesInStream()).toEqual(['KeyMade']);
    expect(await stored()).toMatchObject([['KeyMade', { key: textOf(key) }]]);
  });

  it('given a destroyed key, then its stream is deleted, and a scavenge may take it', async () => {
    const key = await vault.keyOf(subject);
    await vault.destroy(subject, Date.now());

    await expect(typesInStream()).rejects.toBeInstanceOf(StreamNotFoundError);
    const events = await stored();
    expect(events).toMatchObject([
      ['KeyMade', { key: textOf(key) }],
      ['KeyDestroyed', {}],
    ]);
    expect(JSON.stringify(events.at(-1))).not.toContain(textOf(key));
  });

  it('given another key after it, then the stream shows that one alone', async () => {
    await vault.keyOf(subject);
    await vault.destroy(subject, Date.now());
    await vault.keyOf(subject);

    expect(await typesInStream()).toEqual(['KeyMade']);
    expect((await stored()).map(([type]) => type)).toEqual(['KeyMade', 'KeyDestroyed', 'KeyMade']);
  });

  describe('given a destruction that was cut off before the stream was deleted', () => {
    let before: string;

    beforeEach(async () => {
      before = textOf(await vault.keyOf(subject));
      await client.appendToStream(stream, jsonEvent({ type: 'KeyDestroyed', data: {} }));
    });

    it('then the key is gone', async () => {
      expect(await vault.find(subject)).toBeUndefined();
    });

    it('when it is repeated, then the stream is deleted', async () => {
      await vault.destroy(subject, Date.now());

      await expect(typesInStream()).rejects.toBeInstanceOf(StreamNotFoundError);
    });

    it('when another key is made, then what was before is deleted all the same', async () => {
      expect(textOf(await vault.keyOf(subject))).not.toBe(before);
      expect(await typesInStream()).toEqual(['KeyMade']);
    });
  });

  it('given keys, then whoever follows the log sees none of them', async () => {
    const log = logOn(store());
    const own = newStream();
    const from = await log.lastPosition();
    await vault.keyOf(subject);
    await log.append(own, NO_STREAM, someEvents(1));
    await vault.destroy(subject, Date.now());
    const events = await collect(log.readAll(from));
    await log.close();

    expect(events.map((event) => event.stream)).toContain(own);
    expect(events.filter((event) => event.stream.startsWith('vault-'))).toEqual([]);
  });
});

describeWithDevstoreProcess('given an event store that fails', (server) => {
  it('then the vault is unavailable in time, and works when it is back', async () => {
    const vault = new EventStoreDbVault({
      connectionString: server().connectionString,
      appendTimeoutMs: 400,
      readTimeoutMs: 400,
    });
    const key = await vault.keyOf('con_1');
    await vault.keyOf('con_2');
    server().pause();
    try {
      await expect(vault.find('con_1')).rejects.toBeInstanceOf(VaultUnavailable);
      await expect(vault.keyOf('con_3')).rejects.toBeInstanceOf(VaultUnavailable);
      await expect(vault.destroy('con_2', Date.now())).rejects.toBeInstanceOf(VaultUnavailable);
    } finally {
      server().resume();
    }

    await vault.destroy('con_2', Date.now());
    expect(await vault.find('con_1')).toEqual(key);
    expect(await vault.find('con_2')).toBeUndefined();
    expect(await vault.keyOf('con_3')).toHaveLength(32);
    await vault.close();
  });

  it('when the answer to a new key gets lost, then the next one asked gets that key', async () => {
    const { connectionString } = server();
    const vault = new EventStoreDbVault({ connectionString, appendTimeoutMs: 400 });
    await server().setFaults({ append: 'no-answer-after-commit', count: 1 });

    await expect(vault.keyOf('con_4')).rejects.toBeInstanceOf(VaultUnavailable);
    expect(await vault.keyOf('con_4')).toEqual(await vault.find('con_4'));
    await vault.close();
  });
});

describe('given no event store at the address', () => {
  it('then the vault says so in time', async () => {
    const vault = new EventStoreDbVault({
      connectionString: 'esdb://127.0.0.1:1?tls=false',
      appendTimeoutMs: 400,
      readTimeoutMs: 400,
    });

    await expect(vault.keyOf('con_1')).rejects.toBeInstanceOf(VaultUnavailable);
    await expect(vault.find('con_1')).rejects.toBeInstanceOf(VaultUnavailable);
    await expect(vault.destroy('con_1', 0)).rejects.toBeInstanceOf(VaultUnavailable);
    await vault.close();
  });
});
