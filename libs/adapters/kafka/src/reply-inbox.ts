import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CORRELATION_ID, decodeReply, type CommandReply } from '@tollgate/contracts';
import type { AggregateKind } from '@tollgate/domain';
import type { Log } from '@tollgate/ports';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';

const WAIT_MS_MAX = 500;
const RETRY_MS = 250;
/** A Kafka that has just started has no coordinator yet. */
const OPEN_ATTEMPTS_MAX = 8;

export type OnReply = (correlationId: string, reply: CommandReply<AggregateKind>) => void;

/**
 * Hears the answers on the reply topic of this process. The group is new at every start, and after
 * every fault: a member that is gone, but not known to be, would keep the topic for itself until
 * its session is over. What was heard last is remembered here, so that no answer is missed.
 */
export class ReplyInbox {
  private consumer: Consumer | undefined;
  private nextOffset: string | undefined;
  private isClosed = false;
  private listening: Promise<void> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly log: Log,
  ) {}

  /** Why answers are not heard now; undefined when they are. */
  get problem(): string | undefined {
    return this.consumer === undefined ? 'answers can not be heard' : undefined;
  }

  /** @throws KafkaJSError */
  async open(onReply: OnReply): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.listen(onReply);
      } catch (fault) {
        if (attempt === OPEN_ATTEMPTS_MAX) throw fault;
      }
      await delay(RETRY_MS);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.listening;
    await this.consumer?.disconnect();
  }

  private async listen(onReply: OnReply): Promise<void> {
    const consumer = this.kafka.consumer({
      groupId: `${this.topic}.${randomUUID()}`,
      maxWaitTimeInMs: WAIT_MS_MAX,
      allowAutoTopicCreation: false,
      retry: { retries: 5, restartOnFailure: () => Promise.resolve(false) },
    });
    let isCrashed = false;
    consumer.on(consumer.events.CRASH, () => {
      isCrashed = true;
      if (this.consumer === consumer) this.listenAgain(onReply);
    });
    try {
      await this.run(consumer, onReply);
      if (isCrashed) throw new Error(`${this.topic} can not be listened to`);
    } catch (fault) {
      await consumer.disconnect().catch(() => undefined);
      throw fault;
    }
    this.consumer = consumer;
  }

  /** Resolves also when it crashes at once. */
  private async run(consumer: Consumer, onReply: OnReply): Promise<void> {
    const { topic, nextOffset: offset } = this;
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: false });
    const eachBatch = (payload: EachBatchPayload): Promise<void> => this.hearAll(payload, onReply);
    await consumer.run({ eachBatch, autoCommit: false });
    if (offset !== undefined) consumer.seek({ topic, partition: 0, offset });
  }

  private listenAgain(onReply: OnReply): void {
    this.consumer = undefined;
    this.listening = this.untilListening(onReply);
  }

  private async untilListening(onReply: OnReply): Promise<void> {
    while (!this.isClosed) {
      try {
        return await this.listen(onReply);
      } catch (fault) {
        this.log.warn('answers can not be heard yet', { fault });
      }
      await delay(RETRY_MS);
    }
  }

  private async hearAll({ batch, heartbeat }: EachBatchPayload, onReply: OnReply): Promise<void> {
    for (const message of batch.messages) this.hear(message, onReply);
    this.nextOffset = String(BigInt(batch.lastOffset()) + 1n);
    await heartbeat();
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
