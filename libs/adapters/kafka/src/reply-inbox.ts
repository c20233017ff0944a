import { randomUUID } from 'node:crypto';
import { CORRELATION_ID, decodeReply, type CommandReply } from '@tollgate/contracts';
import type { Log } from '@tollgate/ports';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';

const WAIT_MS_MAX = 500;

export type OnReply = (correlationId: string, reply: CommandReply) => void;

/**
 * Hears the answers on the reply topic of this gateway. The group is new at every start: one of a
 * process that was killed would keep the topic for itself until its session is over.
 */
export class ReplyInbox {
  private readonly consumer: Consumer;

  constructor(
    kafka: Kafka,
    private readonly topic: string,
    private readonly log: Log,
  ) {
    this.consumer = kafka.consumer({
      groupId: `${topic}.${randomUUID()}`,
      maxWaitTimeInMs: WAIT_MS_MAX,
      allowAutoTopicCreation: false,
      retry: { retries: 5, restartOnFailure: () => Promise.resolve(true) },
    });
  }

  async open(onReply: OnReply): Promise<void> {
    await this.consumer.connect();
    await this.consumer.subscribe({ topic: this.topic, fromBeginning: false });
    const eachBatch = async ({ batch, heartbeat }: EachBatchPayload): Promise<void> => {
      for (const message of batch.messages) this.hear(message, onReply);
      await heartbeat();
    };
    await this.consumer.run({ eachBatch, autoCommitInterval: 5_000 });
  }

  close(): Promise<void> {
    return this.consumer.disconnect();
  }

  private hear({ headers, value }: KafkaMessage, onReply: OnReply): void {
    const correlationId = headers?.[CORRELATION_ID]?.toString();
    if (correlationId === undefined || value === null) return;
    try {
      onReply(correlationId, decodeReply(value.toString()));
    } catch (fault) {
      this.log.error('an answer is not readable', { correlationId, fault });
    }
  }
}
