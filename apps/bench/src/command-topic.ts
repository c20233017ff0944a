import { setTimeout as delay } from 'node:timers/promises';
import { ulidIds } from '@tollgate/adapter-runtime';
import { BILLING_COMMANDS, billingProtocol } from '@tollgate/contracts';
import type { Charge } from '@tollgate/domain';
import type { DistributedSystem, ServiceProcess } from '@tollgate/testing';
import { Kafka, Partitioners, logLevel, type Message, type Producer } from 'kafkajs';
import type { BenchTeam } from './teams';

const RECORDS_A_REQUEST = 1_000;
/** Ahead of billing by so many records the producer waits: what is measured is billing. */
const AHEAD_MAX = 40_000;
const ACCEPTED = 'tollgate_commands_total{outcome="accepted"';
const LOOK_MS = 20;
const BASELINE_MS = 3_000;

export interface TopicMeasured {
  readonly charges: number;
  readonly perSecond: number;
}

/** An internal producer: it puts charges on the command topic, and waits until they are decided. */
export class CommandTopic {
  private readonly ids = ulidIds();

  private constructor(
    private readonly kafka: Kafka,
    private readonly producer: Producer,
    private readonly billing: readonly ServiceProcess[],
  ) {}

  static async open(system: DistributedSystem): Promise<CommandTopic> {
    const { brokers } = system.backends.kafka;
    const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    return new CommandTopic(kafka, producer, system.named('billing'));
  }

  /** From the first record sent until the last charge was accepted. */
  async charge(teams: readonly BenchTeam[], seconds: number): Promise<TopicMeasured> {
    const before = await this.accepted();
    const begin = performance.now();
    let charges = 0;
    for (let turn = 0; performance.now() - begin < seconds * 1_000; turn += 1) {
      const team = teams[turn % teams.length]!;
      await this.producer.send({ topic: BILLING_COMMANDS, messages: this.records(team) });
      charges += RECORDS_A_REQUEST;
      while (charges - ((await this.accepted()) - before) > AHEAD_MAX) await delay(LOOK_MS);
    }
    while ((await this.accepted()) - before < charges) await delay(LOOK_MS);
    return { charges, perSecond: charges / ((performance.now() - begin) / 1_000) };
  }

  /** Records a second of a consumer that does nothing with them. */
  async baseline(): Promise<number> {
    const consumer = this.kafka.consumer({ groupId: `bench-${this.ids.next()}` });
    await consumer.connect();
    await consumer.subscribe({ topic: BILLING_COMMANDS, fromBeginning: true });
    let records = 0;
    let begin = 0;
    await consumer.run({
      eachBatch: async ({ batch }) => {
        begin ||= performance.now();
        records += batch.messages.length;
      },
    });
    await delay(BASELINE_MS);
    const perSecond = records / ((performance.now() - begin) / 1_000);
    await consumer.disconnect();
    return perSecond;
  }

  close(): Promise<void> {
    return this.producer.disconnect();
  }

  private records({ teamId, accountId }: BenchTeam): Message[] {
    return Array.from({ length: RECORDS_A_REQUEST }, () => {
      const charge: Charge = {
        type: 'Charge',
        id: this.ids.next(),
        teamId,
        at: Date.now(),
        data: { accountId, amount: 5_000, item: { type: 'custom', reference: 'order-4711' } },
      };
      return { key: teamId, value: billingProtocol.encode(charge) };
    });
  }

  private async accepted(): Promise<number> {
    const counts = await Promise.all(this.billing.map((each) => each.metric(ACCEPTED)));
    return counts.reduce((sum, count) => sum + count, 0);
  }
}
