import { setTimeout as delay } from 'node:timers/promises';
import { billingProtocol } from '@tollgate/contracts';
import { describeWithKafkaProcess } from '@tollgate/testing';
import { Accepting, aCharge, newTeam, openExchange, startConsumer } from '../spec/stage';
import type { KafkaCommandConsumer } from './kafka-command-consumer';
import { KafkaCommandLog } from './kafka-command-log';
import type { KafkaExchange } from './kafka-exchange';

/** Below the 30 s for which Kafka waits for a member of a group that it believes to be alive. */
const HEARD_MS_MAX = 20_000;

jest.setTimeout(120_000);

describeWithKafkaProcess('given a Kafka that is killed and comes back', (kafka) => {
  const accepting = new Accepting();
  let exchange: KafkaExchange;
  let log: KafkaCommandLog;
  let consumer: KafkaCommandConsumer;
  let partitions = 0;

  beforeAll(async () => {
    exchange = await openExchange(kafka().brokers, { timeoutMs: 2_000 });
    log = new KafkaCommandLog(billingProtocol, exchange);
    const onAssigned = (count: number): void => void (partitions = count);
    const options = { sessionTimeoutMs: 3_000, onAssigned };
    consumer = await startConsumer(billingProtocol, kafka().brokers, accepting.handle, options);
  });

  afterAll(async () => {
    await exchange.close();
    await consumer.close();
  });

  const statusOf = async (): Promise<string> => {
    const teamId = newTeam();
    const outcomes = await log.submit(teamId, [aCharge(teamId)]).catch(() => []);
    return outcomes[0]?.status ?? 'not taken';
  };

  it('a consumer that runs is one of its group, also on a Kafka that has just started', () => {
    expect(consumer.problem).toBeUndefined();
    expect(partitions).toBe(4);
  });

  it.each([1, 2])('answers are heard again soon (%d)', async () => {
    expect(await statusOf()).toBe('accepted');
    await kafka().kill();
    expect(await statusOf()).not.toBe('accepted');
    await kafka().start();
    const startedAt = Date.now();
    while ((await statusOf()) !== 'accepted') await delay(50);
    expect(Date.now() - startedAt).toBeLessThan(HEARD_MS_MAX);
  });
});
