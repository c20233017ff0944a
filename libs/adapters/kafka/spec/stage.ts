import { randomUUID } from 'node:crypto';
import { commandIdOf } from '@tollgate/contracts';
import { teamIdOf, type TeamCommand } from '@tollgate/domain';
import type { CommandHandler, Log, Outcome } from '@tollgate/ports';
import { charge, nodeDigest } from '@tollgate/testing';
import type { Kafka } from 'kafkajs';
import {
  KafkaCommandConsumer,
  KafkaCommandLog,
  connectKafka,
  type KafkaCommandConsumerOptions,
  type KafkaCommandLogOptions,
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

export async function openCommandLog(
  brokers: readonly string[],
  options: Partial<KafkaCommandLogOptions> = {},
): Promise<KafkaCommandLog> {
  const log = new KafkaCommandLog(kafkaOf(brokers), silent, {
    instance: randomUUID(),
    topics,
    ...options,
  });
  await log.open();
  return log;
}

export async function startConsumer(
  brokers: readonly string[],
  handle: CommandHandler,
  options: Partial<KafkaCommandConsumerOptions> = {},
): Promise<KafkaCommandConsumer> {
  const consumer = new KafkaCommandConsumer(kafkaOf(brokers), silent, {
    topics,
    sessionTimeoutMs: 6_000,
    ...options,
  });
  await consumer.run(handle);
  return consumer;
}

/** Accepts everything, and remembers what it was handed, by team. */
export class Accepting {
  readonly handed: TeamCommand[][] = [];

  readonly handle: CommandHandler = async (_, commands) => {
    this.handed.push([...commands]);
    return commands.map((command) => acceptedOf(command));
  };

  get ids(): string[] {
    return this.handed.flat().map(({ id }) => id);
  }
}

export function acceptedOf({ id, at }: TeamCommand): Outcome {
  return {
    status: 'accepted',
    events: [],
    commandId: id,
    at,
    streamRevision: 7,
    isRepeat: false,
  };
}
