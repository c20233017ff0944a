import type { RecordedEvent, Subscription } from '@tollgate/ports';
import { CheckpointSaver } from './checkpoint-saver';
import { failedMessageIn } from './failed-message';
import { MessageDelivery } from './message-delivery';
import { compileOptions, type DeliveryOptions } from './options';
import { orderedMessageIn } from './ordered-message';
import type { DeliveryPorts } from './ports';
import { Progress } from './progress';
import { DeliveryStopped, StopSignal } from './stop-signal';
import { UnderWay } from './under-way';

/** Something to be done for one message because of one event. */
interface MessageWork {
  readonly messageId: string;
  /** @throws DeliveryStopped */
  readonly run: () => Promise<void>;
}

/**
 * Follows the log, brings every message that a charge ordered to its end, and gives the money of
 * every message that failed back, many at a time. One that runs is enough; a second one beside it
 * is harmless. It is started once and stopped once.
 */
export class Delivery {
  private readonly options: DeliveryOptions;
  private readonly stopping = new StopSignal();
  private readonly messages: MessageDelivery;
  private readonly underWay: UnderWay;
  private progress = new Progress(0);
  private saver: CheckpointSaver | undefined;
  private subscription: Subscription | undefined;
  private starting: Promise<void> | undefined;
  private stopped: Promise<void> | undefined;

  /** @throws RangeError when an option is out of range. */
  constructor(
    private readonly ports: DeliveryPorts,
    options: Partial<DeliveryOptions> = {},
  ) {
    this.options = compileOptions(options);
    this.messages = new MessageDelivery(ports, this.options, this.stopping);
    this.underWay = new UnderWay(this.options.messagesMax);
  }

  /** Messages under way now; those whose report is to follow are not. */
  get messageCount(): number {
    return this.underWay.size;
  }

  /**
   * Reads the checkpoint and follows the log from there.
   * @throws DeliveryStopped it was stopped; a new one can go on.
   * @throws Error the checkpoint can't be read; start again later.
   */
  start(): Promise<void> {
    if (this.stopping.isRaised) return Promise.reject(new DeliveryStopped());
    this.starting ??= this.follow().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  /**
   * Resolves when every message that the log orders at the time of the call is at its end, or sent
   * when a report follows, and the money of those that failed is back.
   */
  async idle(): Promise<void> {
    await this.starting;
    // What the first round ends in failure, the second one refunds.
    for (let round = 1; round <= 2; round += 1) {
      await this.subscription?.caughtUp();
      await this.underWay.settled();
    }
  }

  /**
   * Takes no more messages, waits a limited time for the steps that are running, and saves the
   * checkpoint. What is unfinished goes on after the next start.
   */
  stop(): Promise<void> {
    this.stopped ??= this.windDown();
    return this.stopped;
  }

  private async follow(): Promise<void> {
    const { events, checkpoints, log } = this.ports;
    const checkpoint = await checkpoints.load(this.options.consumer);
    this.progress = new Progress(checkpoint);
    this.saver = new CheckpointSaver(checkpoints, this.progress, this.options, log);
    this.subscription = events.subscribe(checkpoint, (batch) => this.take(batch));
    log.info('delivery follows the log', { checkpoint });
  }

  private async windDown(): Promise<void> {
    this.stopping.raise();
    await this.starting?.catch(() => undefined);
    await this.subscription?.stop();
    const isDone = await this.underWay.settledWithin(this.options.stopMs, this.options.timer);
    if (!isDone) this.ports.log.warn('stopped while steps ran', { messages: this.messageCount });
    await this.saver?.close();
  }

  /** Waits while there are too many messages under way, and with it the log's reader. */
  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    for (const event of batch) {
      // A batch that failed half-way comes again as a whole.
      if (event.position <= this.progress.seen) continue;
      const work = this.workOf(event);
      if (work === undefined) {
        this.progress.pass(event.position);
      } else {
        if (this.underWay.isFull) await this.roomOrStop();
        if (this.stopping.isRaised) return;
        this.begin(work, event.position);
      }
    }
    this.saver?.request();
  }

  private async roomOrStop(): Promise<void> {
    await this.stopping.interrupt(this.underWay.room()).catch(() => undefined);
  }

  private workOf(event: RecordedEvent): MessageWork | undefined {
    const order = orderedMessageIn(event);
    if (order !== undefined) {
      return { messageId: order.ref.messageId, run: () => this.messages.deliver(order) };
    }
    const failed = failedMessageIn(event);
    if (failed === undefined) return undefined;
    return { messageId: failed.ref.messageId, run: () => this.messages.giveBack(failed) };
  }

  private begin({ messageId, run }: MessageWork, position: number): void {
    this.progress.begin(position);
    const finish = (): void => {
      this.progress.finish(position);
      this.saver?.request();
    };
    const tell = (error: unknown): void => {
      if (error instanceof DeliveryStopped) return;
      this.ports.log.error('a delivery broke off', { messageId, error });
    };
    this.underWay.add(run().then(finish).catch(tell));
  }
}
