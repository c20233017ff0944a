import { randomUUID } from 'node:crypto';
import { commandIdOf, type CommandProtocol } from '@tollgate/contracts';
import { teamIdOf, type AggregateKind, type TeamCommand, type TeamKind } from '@tollgate/domain';
import type { CommandHandler, Log, Outcome } from '@tollgate/ports';
import { charge, nodeDigest } from '@tollgate/testing';
import { Partitioners, type Kafka, type KafkaMessage, type Message } from 'kafkajs';
import {
  KafkaCommandConsumer,
  KafkaExchange,
  connectKafka,
  type KafkaCommandConsumerOptions,
  type KafkaExchangeOptions,
} from '../src';

export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const topics = { partitions: 4 };

export function newId(): string {
  return commandIdOf(randomUUID(), nodeDigest.sha256);
}

export const newTeam = (): string => teamIdOf(newId());

export function aCharge(teamId: string, amount = 1): TeamCommand {
  return charge({ amount }, { id: newId(), teamId, at: Date.now() });
}

export function kafkaOf(brokers: readonly string[]): Kafka {
  return connectKafka({ brokers, clientId: 'spec', log: silent });
}

export async function openExchange(
  brokers: readonly string[],
  options: Partial<KafkaExchangeOptions> = {},
): Promise<KafkaExchange> {
  const exchange = new KafkaExchange(kafkaOf(brokers), silent, {
    instance: randomUUID(),
    topics,
    ...options,
  });
  await exchange.open();
  return exchange;
}

export async function startConsumer<Kind extends AggregateKind>(
  protocol: CommandProtocol<Kind>,
  brokers: readonly string[],
  handle: CommandHandler<Kind>,
  options: Partial<KafkaCommandConsumerOptions> = {},
): Promise<KafkaCommandConsumer<Kind>> {
  const consumer = new KafkaCommandConsumer(protocol, kafkaOf(brokers), silent, {
    topics,
    sessionTimeoutMs: 6_000,
    ...options,
  });
  await consumer.run(handle);
  return consumer;
}

/** Puts a record on a topic, as any producer can. */
export async function produce(
  brokers: readonly string[],
  topic: string,
  message: Message,
): Promise<void> {
  const createPartitioner = Partitioners.DefaultPartitioner;
  const producer = kafkaOf(brokers).producer({ createPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: [message] });
  await producer.disconnect();
}

/** The first records of a topic; waits until there are so many. */
export async function readTopic(
  brokers: readonly string[],
  topic: string,
  count: number,
): Promise<KafkaMessage[]> {
  const reader = kafkaOf(brokers).consumer({ groupId: `spec-${randomUUID()}` });
  const found: KafkaMessage[] = [];
  await reader.connect();
  await reader.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: { message: KafkaMessage }): Promise<void> => {
      if (found.push(message) === count) resolve();
    };
    reader.run({ eachMessage }).catch(reject);
  });
  await reader.disconnect();
  return found;
}

/** Accepts everything, and remembers what it was handed, by key. */
export class Accepting<Kind extends AggregateKind = TeamKind> {
  readonly handed: Kind['command'][][] = [];
  readonly keys: string[] = [];

  readonly handle: CommandHandler<Kind> = async (key, commands) => {
    this.handed.push([...commands]);
    this.keys.push(key);
    return commands.map((command) => acceptedOf<Kind>(command));
  };

  get ids(): string[] {
    return this.handed.flat().map(({ id }) => id);
  }
}

export function acceptedOf<Kind extends AggregateKind = TeamKind>({
  id,
  at,
}: Kind['command']): Outcome<Kind> {
  return {
    status: 'accepted',
    events: [],
    commandId: id,
    at,
    streamRevision: 7,
    isRepeat: false,
  };
}
