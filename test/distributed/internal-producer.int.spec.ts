import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import { KafkaCommandConsumer, connectKafka } from '@tollgate/adapter-kafka';
import { billingProtocol, decodeEvent, teamStream } from '@tollgate/contracts';
import type { AccountCharged, CustomItem, EventMetadata } from '@tollgate/domain';
import type { Log } from '@tollgate/ports';
import {
  collect,
  commandIdAt,
  createSubAccount,
  describeWithKafka,
  nodeDigest,
  openTeam,
  subAccountId,
  teamId,
} from '@tollgate/testing';
import { Writer, teamAggregate } from '@tollgate/writer';

jest.setTimeout(60_000);

const docs = path.resolve(__dirname, '../../docs');
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Charged {
  readonly event: AccountCharged;
  readonly metadata: EventMetadata;
}

/** Ids are new in every run, but for the part of a charge's that tells its place in the log. */
const withoutIds = (text: string): string => text.replaceAll(/\b[0-9A-Z]{26}\b/g, '<id>');

/** What the documentation shows in a block after the command that it comes from. */
function shownOutput(): string {
  const page = readFileSync(path.join(docs, 'internal-producers.md'), 'utf8');
  const [, output] = /\$ .*internal-producer\.js\n([\s\S]*?)\n```/.exec(page)!;
  return output!;
}

describeWithKafka('given a team with 90 cents, whose writer takes commands from Kafka', (kafka) => {
  let events: InMemoryEventLog;
  let consumer: KafkaCommandConsumer;

  const writerOf = (owner?: KafkaCommandConsumer): Writer => {
    const snapshots = new InMemorySnapshots();
    const given = owner === undefined ? {} : { owner };
    return new Writer(teamAggregate, {
      events,
      snapshots,
      digest: nodeDigest,
      log: silent,
      ...given,
    });
  };

  beforeAll(async () => {
    const { brokers } = kafka();
    const options = { topics: { partitions: 4 } };
    events = new InMemoryEventLog();
    await writerOf().submit(teamId, [
      openTeam({ openingBalance: 900_000 }, { id: commandIdAt(1) }),
      createSubAccount({}, { id: commandIdAt(2) }),
    ]);
    const client = connectKafka({ brokers, clientId: 'spec', log: silent });
    consumer = new KafkaCommandConsumer(billingProtocol, client, silent, options);
    const writer = writerOf(consumer);
    await consumer.run((team, commands) => writer.submit(team, commands));
  });

  afterAll(() => consumer.close());

  const produce = async (): Promise<string> => {
    const example = path.join(docs, 'examples/internal-producer.js');
    const about = { BROKERS: kafka().brokers.join(','), TEAM_ID: teamId, ACCOUNT_ID: subAccountId };
    const env = { ...process.env, ...about };
    const { stdout } = await promisify(execFile)(process.execPath, [example], {
      env,
      timeout: 50_000,
    });
    return stdout.trimEnd();
  };

  const charges = async (): Promise<readonly Charged[]> => {
    const stored = await collect(events.readStream(teamStream(teamId)));
    const decoded = stored.filter(({ type }) => type === 'AccountCharged').map(decodeEvent);
    return decoded as unknown as readonly Charged[];
  };

  it('when the example sends four charges of 25, then it hears what its page shows', async () => {
    const output = await produce();
    expect(withoutIds(output)).toBe(withoutIds(shownOutput()));
    const ids = output.split('\n').map((line) => line.slice(0, 26));
    const applied = await charges();
    expect(applied.map(({ metadata }) => metadata.commandId)).toEqual(ids.slice(0, 3));
    expect(applied.map(({ event }) => (event.data.item as CustomItem).reference)).toEqual([
      'invoice 1',
      'invoice 2',
      'invoice 3',
    ]);
    expect(applied.map(({ metadata }) => metadata.keyId)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('when it runs again, then it hears of its own records only, and charges nothing', async () => {
    const lines = (await produce()).split('\n');
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => line.includes('insufficient_balance'))).toHaveLength(5);
    expect(await charges()).toHaveLength(3);
  });
});
