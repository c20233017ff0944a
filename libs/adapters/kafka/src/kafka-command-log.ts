import { randomUUID } from 'node:crypto';
import {
  BILLING_COMMANDS,
  CORRELATION_ID,
  EXPIRES_AT,
  REPLY_TO,
  encodeCommand,
  replyTopic,
  type CommandReply,
} from '@tollgate/contracts';
import type { TeamCommand } from '@tollgate/domain';
import {
  CommandLogFull,
  CommandLogUnavailable,
  type CommandLog,
  type Log,
  type Outcome,
} from '@tollgate/ports';
import type { Kafka } from 'kafkajs';
import { commandTopics, ensureTopics, replyTopicConfig } from './ensure-topics';
import { KafkaHealth } from './kafka-health';
import type { TopicOptions } from './kafka-options';
import { PendingReplies } from './pending-replies';
import { RecordSender, type OutgoingRecord } from './record-sender';
import { ReplyInbox } from './reply-inbox';
import { untilHeard } from './until-heard';

export interface KafkaCommandLogOptions {
  /** Names this gateway's reply topic: no two that run at once may share it. */
  readonly instance: string;
  /** How long an answer is waited for, in ms. @default 10000 */
  readonly timeoutMs: number;
  /** Commands under way at most. @default 50000 */
  readonly commandsMax: number;
  readonly topics: Partial<TopicOptions>;
}

const defaults = { timeoutMs: 10_000, commandsMax: 50_000, topics: {} };
const RETRY_AFTER_MS = 1_000;

/** Puts commands on their topic, and hears on a topic of its own what became of them. */
export class KafkaCommandLog implements CommandLog {
  private readonly options: KafkaCommandLogOptions;
  private readonly replyTo: string;
  private readonly health: KafkaHealth;
  private readonly sender: RecordSender;
  private readonly inbox: ReplyInbox;
  private readonly pending: PendingReplies;
  /** Correlation ids of an earlier life of this gateway mean nothing to it. */
  private readonly life = randomUUID();
  private sent = 0;
  private isOpen = false;

  constructor(
    private readonly kafka: Kafka,
    log: Log,
    options: Pick<KafkaCommandLogOptions, 'instance'> & Partial<KafkaCommandLogOptions>,
  ) {
    this.options = { ...defaults, ...options };
    this.replyTo = replyTopic(this.options.instance);
    this.health = new KafkaHealth(kafka, BILLING_COMMANDS);
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

  async submit(_teamId: string, commands: readonly TeamCommand[]): Promise<readonly Outcome[]> {
    if (this.problem !== undefined) throw new CommandLogUnavailable(this.problem);
    if (this.pending.size + commands.length > this.options.commandsMax) {
      throw new CommandLogFull(RETRY_AFTER_MS);
    }
    const now = Date.now();
    return Promise.all(commands.map((command) => this.send(command, now)));
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

  private async send(command: TeamCommand, now: number): Promise<Outcome> {
    const correlationId = `${this.life}/${(this.sent += 1)}`;
    const reply = this.pending.open(correlationId, now);
    let isNotSent = false;
    this.sender.add({
      ...this.recordOf(command, correlationId, now),
      onFault: (fault) => {
        isNotSent = fault === 'not-sent';
        this.pending.settle(correlationId, 'expired');
      },
    });
    return outcomeOf(await reply, command, isNotSent);
  }

  private recordOf(command: TeamCommand, correlationId: string, now: number): OutgoingRecord {
    const value = encodeCommand(command);
    const headers = {
      [REPLY_TO]: this.replyTo,
      [CORRELATION_ID]: correlationId,
      [EXPIRES_AT]: String(now + this.options.timeoutMs),
    };
    return { topic: BILLING_COMMANDS, message: { key: command.teamId, value, headers } };
  }
}

function outcomeOf(
  reply: CommandReply | 'expired',
  { id }: TeamCommand,
  isNotSent: boolean,
): Outcome {
  if (reply === 'expired') {
    return isNotSent ? { status: 'unavailable' } : { status: 'unknown', commandId: id };
  }
  if (reply.status === 'invalid') return { status: 'undecidable', reason: reply.reason };
  return reply;
}
