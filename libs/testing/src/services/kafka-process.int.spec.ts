import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { describeWithKafkaProcess } from './describe-with';
import type { KafkaProcess } from './kafka-process';

const topic = 'harness.records';

function clientOf(kafka: KafkaProcess): Kafka {
  return new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING });
}

async function createTopic(client: Kafka): Promise<void> {
  const admin = client.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
  await admin.disconnect();
}

async function produce(client: Kafka, value: string): Promise<void> {
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: [{ value }] });
  await producer.disconnect();
}

/** The first `count` records from the beginning of the topic. */
async function consume(client: Kafka, groupId: string, count: number): Promise<string[]> {
  const consumer = client.consumer({ groupId, sessionTimeout: 6000 });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({
      message,
    }: {
      message: { value: Buffer | null };
    }): Promise<void> => {
      if (values.push(String(message.value)) === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return values;
}

describeWithKafkaProcess('a Kafka node that tests can kill', (kafka) => {
  it('carries a record from a producer to a consumer', async () => {
    const client = clientOf(kafka());
    await createTopic(client);
    await produce(client, 'first');
    expect(await consume(client, 'before', 1)).toEqual(['first']);
  });

  it('still has its records after kill -9, on the same address', async () => {
    const before = kafka().pid;
    await kafka().kill();
    await kafka().start();
    expect(kafka().pid).not.toBe(before);
    const client = clientOf(kafka());
    await produce(client, 'second');
    expect(await consume(client, 'after', 2)).toEqual(['first', 'second']);
  });

  it('answers nothing while it is paused', async () => {
    const client = clientOf(kafka());
    kafka().pause();
    const produced = produce(client, 'third').then(() => 'produced');
    const waited = new Promise((resolve) => setTimeout(resolve, 500, 'waited'));
    expect(await Promise.race([produced, waited])).toBe('waited');
    kafka().resume();
    expect(await produced).toBe('produced');
  });

  it('stops in order', async () => {
    await kafka().stop();
    expect(kafka().pid).toBeUndefined();
    await kafka().start();
  });
});
