import { billingProtocol, messagingProtocol } from '@tollgate/contracts';
import type { ITopicConfig, Kafka } from 'kafkajs';
import type { TopicOptions } from './kafka-options';

const REPLIES_KEPT_MS = 10 * 60_000;
/** A command that no append can hold must still reach the writer, which says so. */
const COMMAND_BYTES_MAX = 2 * 1024 * 1024;
/** A dead letter is its record and the reason; the record itself may have been compressed. */
const DEAD_LETTER_BYTES_MAX = 4 * 1024 * 1024;
const DEAD_LETTERS_KEPT_MS = 30 * 24 * 3_600_000;

const protocols = [billingProtocol, messagingProtocol] as const;

export const COMMAND_TOPICS = protocols.map(({ topic }) => topic);

const defaults: TopicOptions = { partitions: 24, replicationFactor: 1 };

/** The command topics, each before its dead-letter topic, as they should be. */
export function commandTopics(options: Partial<TopicOptions> = {}): ITopicConfig[] {
  const { partitions, replicationFactor } = { ...defaults, ...options };
  return protocols.flatMap(({ topic, deadLetterTopic }) => [
    // The broker's clock: a producer's own may be days ahead, and old ids forgotten for it.
    topicOf(topic, partitions, replicationFactor, {
      'message.timestamp.type': 'LogAppendTime',
      'max.message.bytes': String(COMMAND_BYTES_MAX),
    }),
    topicOf(deadLetterTopic, 1, replicationFactor, {
      'retention.ms': String(DEAD_LETTERS_KEPT_MS),
      'max.message.bytes': String(DEAD_LETTER_BYTES_MAX),
    }),
  ]);
}

/** Where one process hears its answers: of no use to anybody once it has heard them. */
export function replyTopicConfig(topic: string, replicationFactor = 1): ITopicConfig {
  return topicOf(topic, 1, replicationFactor, { 'retention.ms': String(REPLIES_KEPT_MS) });
}

/**
 * Creates what is missing, and leaves what exists as it is; two that do so at once do not disturb
 * each other.
 */
export async function ensureTopics(kafka: Kafka, topics: readonly ITopicConfig[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ topic }) => !existing.has(topic));
    if (missing.length === 0) return;
    await admin.createTopics({ topics: missing, waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}

function topicOf(
  topic: string,
  numPartitions: number,
  replicationFactor: number,
  config: Readonly<Record<string, string>>,
): ITopicConfig {
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  return { topic, numPartitions, replicationFactor, configEntries };
}
