import { setTimeout as delay } from 'node:timers/promises';
import type { CommandProtocol } from '@tollgate/contracts';
import type { AggregateKind, TeamKind } from '@tollgate/domain';
import {
  CommandLogUnavailable,
  OwnershipLost,
  type CommandConsumer,
  type CommandHandler,
  type Log,
} from '@tollgate/ports';
import type { Consumer, EachBatchPayload, Kafka, Message } from 'kafkajs';
import { commandTopics, ensureTopics } from './ensure-topics';
import { KafkaHealth } from './kafka-health';
import type { TopicOptions } from './kafka-options';
import { Ownership, type Claim } from './ownership';
import { PartitionWorker, type PartitionTools } from './partition-worker';
import { RecordSender } from './record-sender';

export interface KafkaCommandConsumerOptions {
  /** After which silence of a consumer its partitions go to others, in ms. @default 10000 */
  readonly sessionTimeoutMs: number;
  readonly topics: Partial<TopicOptions>;
  /** Called with how many partitions are this consumer's, whenever that may have changed. */
  readonly onAssigned: (partitions: number) => void;
}

const defaults: KafkaCommandConsumerOptions = {
  sessionTimeoutMs: 10_000,
  topics: {},
  onAssigned: () => undefined,
};

const BATCH_BYTES_MAX = 1024 * 1024;
const WAIT_MS_MAX = 250;
const BEATS_PER_SESSION = 4;
const CONSUME_AGAIN_MS = 500;
const JOIN_POLL_MS = 20;

/** Takes commands of one kind from their topic, as one of a group that shares the partitions. */
export class KafkaCommandConsumer<
  Kind extends AggregateKind = TeamKind,
> implements CommandConsumer<Kind> {
  private readonly options: KafkaCommandConsumerOptions;
  private readonly consumer: Consumer;
  private readonly ownership: Ownership;
  private readonly sender: RecordSender;
  private readonly health: KafkaHealth;
  private readonly claims = new Map<string, Claim>();
  private readonly workers = new Map<number, PartitionWorker<Kind>>();
  private isClosing = false;

  constructor(
    private readonly protocol: CommandProtocol<Kind>,
    private readonly kafka: Kafka,
    private readonly log: Log,
    options: Partial<KafkaCommandConsumerOptions> = {},
  ) {
    this.options = { ...defaults, ...options };
    const { sessionTimeoutMs, onAssigned } = this.options;
    const { topic, consumerGroup } = protocol;
    this.consumer = kafka.consumer({
      groupId: consumerGroup,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: sessionTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / BEATS_PER_SESSION,
      maxBytesPerPartition: BATCH_BYTES_MAX,
      maxWaitTimeInMs: WAIT_MS_MAX,
      allowAutoTopicCreation: false,
      retry: { retries: 5, restartOnFailure: () => Promise.resolve(true) },
    });
    const freshMs = sessionTimeoutMs / 2;
    this.ownership = new Ownership(this.consumer, topic, freshMs, onAssigned);
    this.health = new KafkaHealth(kafka, [topic]);
    this.sender = new RecordSender(kafka, this.health);
  }

  /** Why no commands are taken now; undefined when some would be. */
  get problem(): string | undefined {
    const { isMember } = this.ownership;
    return this.health.problem ?? (isMember ? undefined : 'not one of its group');
  }

  /** Resolves when this consumer is one of its group. @throws CommandLogUnavailable */
  async run(handle: CommandHandler<Kind>): Promise<void> {
    this.consumer.on(this.consumer.events.CRASH, ({ payload }) => {
      // From most faults the library recovers by itself; from the others it would never.
      if (!payload.restart) void this.consumeAgain(handle);
    });
    try {
      await ensureTopics(this.kafka, commandTopics(this.options.topics));
      await this.health.start();
      await this.sender.connect();
      await this.consume(handle);
    } catch (fault) {
      throw new CommandLogUnavailable('Kafka can not be reached', { cause: fault });
    }
    // A coordinator that has just started turns members away at first.
    while (!this.ownership.isMember && !this.isClosing) await delay(JOIN_POLL_MS);
  }

  /** @throws OwnershipLost nothing of this key is under way here, or its partition is gone. */
  async confirmOwnership(key: string): Promise<void> {
    const claim = this.claims.get(key);
    if (claim === undefined) throw new OwnershipLost(`nothing of ${key} is under way`);
    await claim.confirm();
  }

  /** Finishes what was taken, then leaves the group, so that others take over at once. */
  async close(): Promise<void> {
    this.isClosing = true;
    await Promise.all([...this.workers.values()].map((worker) => worker.drained()));
    await this.consumer.stop();
    await this.sender.close();
    await this.consumer.disconnect();
    await this.health.stop();
  }

  private async consume(handle: CommandHandler<Kind>): Promise<void> {
    await this.consumer.connect();
    await this.consumer.subscribe({ topic: this.protocol.topic, fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async (payload) => this.take(payload, handle),
    });
  }

  private async consumeAgain(handle: CommandHandler<Kind>): Promise<void> {
    this.log.error('commands are not consumed any more; beginning again', {});
    while (!this.isClosing) {
      await delay(CONSUME_AGAIN_MS);
      try {
        return await this.consume(handle);
      } catch (fault) {
        this.log.warn('commands can not be consumed yet', { fault });
      }
    }
  }

  /** Hands a batch to its partition's worker, and goes on fetching. */
  private take(payload: EachBatchPayload, handle: CommandHandler<Kind>): void {
    const { batch, resolveOffset } = payload;
    if (this.isClosing) return;
    this.workerOf(payload, handle).add(batch.messages);
    // How far was fetched. What the group knows is how far was decided.
    resolveOffset(batch.lastOffset());
  }

  /** A new one whenever the group has met: it begins where the commits of the one before ended. */
  private workerOf(payload: EachBatchPayload, handle: CommandHandler<Kind>): PartitionWorker<Kind> {
    const { partition } = payload.batch;
    const claim = this.ownership.claim(partition, payload);
    const known = this.workers.get(partition);
    if (known?.claim.meeting === claim.meeting) return known;
    const worker = new PartitionWorker(claim, this.tools(handle, partition), payload);
    this.workers.set(partition, worker);
    return worker;
  }

  private tools(handle: CommandHandler<Kind>, partition: number): PartitionTools<Kind> {
    const { protocol, log, claims, sender, consumer } = this;
    const place = [{ topic: protocol.topic, partitions: [partition] }];
    return {
      protocol,
      handle,
      log,
      claims,
      answer: (record) => sender.add(record),
      park: (letters) => this.park(letters),
      setPaused: (isPaused) => (isPaused ? consumer.pause(place) : consumer.resume(place)),
    };
  }

  private async park(letters: readonly Message[]): Promise<void> {
    this.log.warn('commands went to the dead-letter topic', { count: letters.length });
    const { deadLetterTopic } = this.protocol;
    await Promise.all(letters.map((message) => this.sender.send(deadLetterTopic, message)));
  }
}
