import { Partitioners, type Kafka, type Message, type Producer } from 'kafkajs';
import { CommandLogUnavailable } from '@tollgate/ports';
import type { KafkaHealth } from './kafka-health';

export interface OutgoingRecord {
  readonly topic: string;
  readonly message: Message;
  /** Called when the record was not, or perhaps not, put on its topic. */
  readonly onFault?: (fault: SendFault) => void;
  readonly onSent?: () => void;
}

export type SendFault = 'not-sent' | 'perhaps-sent';

export interface RecordSenderOptions {
  /** How long a record may wait for others, in ms. @default 1 */
  readonly lingerMs: number;
  readonly recordsMax: number;
  /** Of one request with several records: brokers take 1 MiB a topic unless told otherwise. */
  readonly bytesMax: number;
}

/** Of the key, the headers and their lengths, roughly. */
const RECORD_OVERHEAD = 250;

const defaults: RecordSenderOptions = { lingerMs: 1, recordsMax: 2_000, bytesMax: 900_000 };

/**
 * Puts records on topics, many with one request: what comes while a request is under way goes with
 * the next. One request at a time keeps their order; none is repeated, since a record that is there
 * twice could be refused by its first copy and accepted by its second. After a fault nothing is
 * sent until Kafka was reached again: what was not sent is known not to be.
 */
export class RecordSender {
  private readonly producer: Producer;
  private readonly options: RecordSenderOptions;
  private waiting: OutgoingRecord[] = [];
  private running: Promise<void> | undefined;

  constructor(
    kafka: Kafka,
    private readonly health: KafkaHealth,
    options: Partial<RecordSenderOptions> = {},
  ) {
    this.options = { ...defaults, ...options };
    this.producer = kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      maxInFlightRequests: 1,
      retry: { retries: 0 },
    });
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  add(record: OutgoingRecord): void {
    this.waiting.push(record);
    this.running ??= this.run();
  }

  /** Resolves when the record is on its topic. @throws CommandLogUnavailable it may not be. */
  send(topic: string, message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      const onFault = (): void => reject(new CommandLogUnavailable(`${topic} was not reached`));
      this.add({ topic, message, onFault, onSent: resolve });
    });
  }

  /** Sends what waits, then disconnects. */
  async close(): Promise<void> {
    await this.running;
    await this.producer.disconnect();
  }

  private async run(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.options.lingerMs));
    while (this.waiting.length > 0) await this.sendAll(this.take());
    this.running = undefined;
  }

  private take(): OutgoingRecord[] {
    const { recordsMax, bytesMax } = this.options;
    let bytes = 0;
    let count = 0;
    for (const record of this.waiting) {
      bytes += RECORD_OVERHEAD + Buffer.byteLength(record.message.value ?? '');
      if (count === recordsMax || (count > 0 && bytes > bytesMax)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async sendAll(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.health.problem !== undefined) return fail(records, 'not-sent');
    try {
      await this.producer.sendBatch({ topicMessages: byTopic(records), acks: -1 });
      for (const { onSent } of records) onSent?.();
    } catch {
      this.health.suspect();
      fail(records, 'perhaps-sent');
    }
  }
}

function fail(records: readonly OutgoingRecord[], fault: SendFault): void {
  for (const { onFault } of records) onFault?.(fault);
}

function byTopic(records: readonly OutgoingRecord[]): { topic: string; messages: Message[] }[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, message } of records) {
    const known = topics.get(topic);
    if (known === undefined) topics.set(topic, [message]);
    else known.push(message);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
