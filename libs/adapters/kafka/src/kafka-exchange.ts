import { randomUUID } from 'node:crypto';
import {
  CORRELATION_ID,
  EXPIRES_AT,
  REPLY_TO,
  replyTopic,
  type CommandReply,
} from '@tollgate/contracts';
import type { AggregateKind } from '@tollgate/domain';
import type { Log } from '@tollgate/ports';
import type { Kafka } from 'kafkajs';
import { COMMAND_TOPICS, commandTopics, ensureTopics, replyTopicConfig } from './ensure-topics';
import { KafkaHealth } from './kafka-health';
import type { TopicOptions } from './kafka-options';
import { PendingReplies } from './pending-replies';
import { RecordSender } from './record-sender';
import { ReplyInbox } from './reply-inbox';
import { untilHeard } from './until-heard';

export interface KafkaExchangeOptions {
  /** Names this process's reply topic: no two that run at once may share it. */
  readonly instance: string;
  /** How long an answer is waited for, in ms. @default 10000 */
  readonly timeoutMs: number;
  readonly topics: Partial<TopicOptions>;
}

/** What is asked: a record, without the headers that say where to answer. */
export interface Question {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
}

/** What was heard of it; of what expired it is not known whether somebody reads it. */
export type Answer = CommandReply<AggregateKind> | 'expired' | 'not-sent';

const defaults = { timeoutMs: 10_000, topics: {} };

/**
 * Puts commands on their topics, and hears on a topic of its own what became of them. A process has
 * one, which all its command logs share.
 */
export class KafkaExchange {
  private readonly options: KafkaExchangeOptions;
  private readonly replyTo: string;
  private readonly health: KafkaHealth;
  private readonly sender: RecordSender;
  private readonly inbox: ReplyInbox;
  private readonly pending: PendingReplies;
  /** Correlation ids of an earlier life of this process mean nothing to it. */
  private readonly life = randomUUID();
  private sent = 0;
  private isOpen = false;

  constructor(
    private readonly kafka: Kafka,
    log: Log,
    options: Pick<KafkaExchangeOptions, 'instance'> & Partial<KafkaExchangeOptions>,
  ) {
    this.options = { ...defaults, ...options };
    this.replyTo = replyTopic(this.options.instance);
    this.health = new KafkaHealth(kafka, COMMAND_TOPICS);
    this.sender = new RecordSender(kafka, this.health);
    this.inbox = new ReplyInbox(kafka, this.replyTo, log);
    this.pending = new PendingReplies(this.options.timeoutMs);
  }

  /** Resolves when answers are heard. @throws KafkaJSError Kafka is away; start again later. */
  async open(): Promise<void> {
    const { topics } = this.options;
    await ensureTopics(this.kafka, [
      ...commandTopics(topics),
      replyTopicConfig(this.replyTo, topics.replicationFactor),
    ]);
    await this.health.start();
    await this.sender.connect();
    await this.inbox.open((correlationId, reply) => this.pending.settle(correlationId, reply));
    await untilHeard(this.sender, this.replyTo, this.pending);
    this.isOpen = true;
  }

  /** Why commands are not taken now; undefined when they are. */
  get problem(): string | undefined {
    if (!this.isOpen) return 'not connected to Kafka';
    return this.health.problem ?? this.inbox.problem;
  }

  /** Resolves with the answer, or when none is waited for any longer. */
  async ask({ topic, key, value }: Question): Promise<Answer> {
    const now = Date.now();
    const correlationId = `${this.life}/${(this.sent += 1)}`;
    const headers = {
      [REPLY_TO]: this.replyTo,
      [CORRELATION_ID]: correlationId,
      [EXPIRES_AT]: String(now + this.options.timeoutMs),
    };
    const reply = this.pending.open(correlationId, now);
    let isNotSent = false;
    this.sender.add({
      topic,
      message: { key, value, headers },
      onFault: (fault) => {
        isNotSent = fault === 'not-sent';
        this.pending.settle(correlationId, 'expired');
      },
    });
    const heard = await reply;
    return heard === 'expired' && isNotSent ? 'not-sent' : heard;
  }

  /** Takes no more commands, waits for the answers that are due, and leaves Kafka. */
  async close(): Promise<void> {
    this.isOpen = false;
    for (const end = Date.now() + this.options.timeoutMs; Date.now() < end;) {
      if (this.pending.size === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.pending.close();
    await this.sender.close();
    await this.inbox.close();
    await this.health.stop();
  }
}
