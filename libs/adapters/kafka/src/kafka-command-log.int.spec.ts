import { CORRELATION_ID, REPLY_TO, billingProtocol, decodeReply } from '@tollgate/contracts';
import type { MessageItem, TeamCommand } from '@tollgate/domain';
import type { CommandHandler, Outcome } from '@tollgate/ports';
import { describeWithKafka } from '@tollgate/testing';
import {
  Accepting,
  aCharge,
  acceptedOf,
  kafkaOf,
  newTeam,
  openExchange,
  produce,
  readTopic,
  startConsumer,
} from '../spec/stage';
import type { KafkaCommandConsumer } from './kafka-command-consumer';
import { KafkaCommandLog } from './kafka-command-log';
import type { KafkaExchange } from './kafka-exchange';
import { ensureTopics, replyTopicConfig } from './ensure-topics';

jest.setTimeout(60_000);

const aMessageItem: MessageItem = {
  type: 'message',
  id: 'msg_1',
  to: '+14155550123',
  channel: 'sms',
  messageType: 'text',
  environment: 'live',
  content: {},
};

describeWithKafka('a command log on Kafka', (kafka) => {
  let exchange: KafkaExchange;
  let log: KafkaCommandLog;
  let consumer: KafkaCommandConsumer;
  let handle: CommandHandler;
  let teamId: string;

  beforeAll(async () => {
    const delegate: CommandHandler = (team, commands) => handle(team, commands);
    exchange = await openExchange(kafka().brokers, { timeoutMs: 3_000 });
    log = new KafkaCommandLog(billingProtocol, exchange);
    consumer = await startConsumer(billingProtocol, kafka().brokers, delegate);
  });

  beforeEach(() => {
    teamId = newTeam();
  });

  afterAll(async () => {
    await exchange.close();
    await consumer.close();
  });

  it('hands commands over as they were sent, in their order, and answers each', async () => {
    const accepting = new Accepting();
    handle = accepting.handle;
    const commands = Array.from({ length: 100 }, (_, n) => aCharge(teamId, n + 1));

    const outcomes = await log.submit(teamId, commands);

    expect(accepting.ids).toEqual(commands.map(({ id }) => id));
    const [handed] = accepting.handed.flat();
    expect(handed).toEqual({ ...commands[0], at: handed!.at });
    expect(outcomes).toEqual(commands.map(({ id }) => expect.objectContaining({ commandId: id })));
  });

  it('hands over what no append could hold, so that the writer can say why not', async () => {
    const accepting = new Accepting();
    handle = accepting.handle;
    const large = (letter: string): TeamCommand => {
      const command = aCharge(teamId);
      const content = { text: letter.repeat(450_000) };
      const item = { ...aMessageItem, content };
      return { ...command, data: { ...command.data, item } } as TeamCommand;
    };
    // Three bytes a letter: two of them are more than one request takes.
    const commands = [large('漢'), large('字'), aCharge(teamId)];

    const outcomes = await log.submit(teamId, commands);

    expect(outcomes.map(({ status }) => status)).toEqual(Array(3).fill('accepted'));
    expect(accepting.ids).toEqual(commands.map(({ id }) => id));
  });

  it('tells a refusal with its numbers', async () => {
    const refused: Outcome = {
      status: 'refused',
      streamRevision: 3,
      rejection: { code: 'insufficient_balance', required: 2, available: 1 },
    };
    handle = async () => [refused];
    expect(await log.submit(teamId, [aCharge(teamId)])).toEqual([refused]);
  });

  it('does not believe a clock that is ahead of the record', async () => {
    const accepting = new Accepting();
    handle = accepting.handle;
    const ahead = { ...aCharge(teamId), at: Date.now() + 86_400_000 };
    await log.submit(teamId, [ahead]);
    expect(accepting.handed.flat()[0]!.at).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it('tries again while the event log is away, in order, and then answers', async () => {
    const commands = [aCharge(teamId), aCharge(teamId)];
    const seen: string[][] = [];
    let away = 3;
    handle = async (_, handed) => {
      seen.push(handed.map(({ id }) => id));
      if ((away -= 1) > 0) return handed.map(() => ({ status: 'unavailable' }));
      return handed.map(acceptedOf);
    };
    const outcomes = await log.submit(teamId, commands);
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
    expect(seen.at(-1)).toEqual(commands.map(({ id }) => id));
  });

  it('says unknown when no answer comes in time, and lets the command go', async () => {
    let calls = 0;
    handle = async (_, handed) => {
      calls += 1;
      return handed.map(() => ({ status: 'unavailable' }));
    };
    const command = aCharge(teamId);
    expect(await log.submit(teamId, [command])).toEqual([
      { status: 'unknown', commandId: command.id },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const callsThen = calls;
    const accepting = new Accepting();
    handle = accepting.handle;
    await log.submit(teamId, [aCharge(teamId)]);
    expect(callsThen).toBeGreaterThan(1);
    expect(accepting.ids).not.toContain(command.id);
  });

  describe('given records that hold no command', () => {
    const replyTo = 'spec.producer.replies';

    const send = (key: string, value: string | null): Promise<void> => {
      const headers = { [REPLY_TO]: replyTo, [CORRELATION_ID]: 'mine' };
      return produce(kafka().brokers, billingProtocol.topic, { key, value, headers });
    };

    it('parks them with the reason, tells the producer, and the partition moves on', async () => {
      const accepting = new Accepting();
      handle = accepting.handle;
      await ensureTopics(kafkaOf(kafka().brokers), [replyTopicConfig(replyTo)]);
      const command = aCharge(teamId);
      await send(teamId, 'no JSON');
      await send(teamId, JSON.stringify({ version: 1, type: 'Steal' }));
      await send('tm_other', billingProtocol.encode(command));
      await send(teamId, null);
      await send(teamId, billingProtocol.encode(command));

      const letters = await readTopic(kafka().brokers, billingProtocol.deadLetterTopic, 4);
      const replies = await readTopic(kafka().brokers, replyTo, 5);

      const reasons = letters.map(({ headers }) => headers!['dead-letter-reason']!.toString());
      expect(reasons.sort()).toEqual([
        expect.stringContaining("must have required property 'id'"),
        "the record's key is not the command's teamId",
        'the value is not JSON',
        'the value is not JSON',
      ]);
      const statuses = replies.map(({ value }) => decodeReply(value!.toString()).status);
      expect(statuses.sort()).toEqual(['accepted', ...Array(4).fill('invalid')]);
      for (const { headers } of replies) expect(headers![CORRELATION_ID]!.toString()).toBe('mine');
      expect(accepting.ids).toEqual([command.id]);
    });
  });

  it('parks what can not be decided, and says so', async () => {
    handle = async () => [{ status: 'undecidable', reason: 'its log is damaged' }];
    expect(await log.submit(teamId, [aCharge(teamId)])).toEqual([
      { status: 'undecidable', reason: 'its log is damaged' },
    ]);
  });

  it('has another consumer take over when one leaves', async () => {
    const accepting = new Accepting();
    const other = new Accepting();
    handle = accepting.handle;
    const second = await startConsumer(billingProtocol, kafka().brokers, other.handle);
    const teams = Array.from({ length: 40 }, newTeam);
    const sendToAll = (): Promise<unknown> =>
      Promise.all(teams.map((team) => log.submit(team, [aCharge(team)])));
    await sendToAll();
    expect([accepting.ids.length > 0, other.ids.length > 0]).toEqual([true, true]);
    await second.close();
    accepting.handed.length = 0;
    await sendToAll();
    expect(accepting.ids).toHaveLength(40);
  });
});
