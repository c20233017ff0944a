import { randomUUID } from 'node:crypto';
import { connectKafka } from '@tollgate/adapter-kafka';
import { billingProtocol } from '@tollgate/contracts';
import type { TeamCommand } from '@tollgate/domain';
import type { Log } from '@tollgate/ports';
import { Partitioners, type Kafka, type KafkaMessage } from 'kafkajs';

const nothing = (): void => undefined;
const silent: Log = { info: nothing, warn: nothing, error: nothing };

/** The topic of commands as internal producers see it. */
export class CommandTopic {
  private readonly kafka: Kafka;

  constructor(brokers: readonly string[]) {
    this.kafka = connectKafka({ brokers, clientId: 'spec', log: silent });
  }

  send(commands: readonly TeamCommand[]): Promise<void> {
    const { keyOf, encode } = billingProtocol;
    return this.put(commands.map((each) => ({ key: keyOf(each), value: encode(each) })));
  }

  async put(messages: readonly { readonly key: string; readonly value: string }[]): Promise<void> {
    const createPartitioner = Partitioners.DefaultPartitioner;
    const producer = this.kafka.producer({ createPartitioner });
    await producer.connect();
    await producer.send({ topic: billingProtocol.topic, messages: [...messages] });
    await producer.disconnect();
  }

  /** The first record that was parked. */
  async deadLetter(): Promise<KafkaMessage> {
    const reader = this.kafka.consumer({ groupId: `spec-${randomUUID()}` });
    await reader.connect();
    await reader.subscribe({ topic: billingProtocol.deadLetterTopic, fromBeginning: true });
    try {
      return await new Promise<KafkaMessage>((resolve, reject) => {
        const eachMessage = ({ message }: { message: KafkaMessage }): Promise<void> =>
          Promise.resolve(resolve(message));
        reader.run({ eachMessage }).catch(reject);
      });
    } finally {
      await reader.disconnect();
    }
  }
}
