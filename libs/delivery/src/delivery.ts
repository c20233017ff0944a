import type { RecordedEvent, Subscription } from '@tollgate/ports';
import { CheckpointSaver } from './checkpoint-saver';
import { MessageDelivery } from './message-delivery';
import { compileOptions, type DeliveryOptions } from './options';
import { orderedMessageIn, type OrderedMessage } from './ordered-message';
import type { DeliveryPorts } from './ports';
import { Progress } from './progress';
import { DeliveryStopped, StopSignal } from './stop-signal';
import { UnderWay } from './under-way';

/**
 * Follows the log and brings every message that a charge ordered to its end, many at a time. One
 * that runs is enough; a second one beside it is harmless. It is started once and stopped once.
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

  /** Messages under way now. */
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

  /** Resolves when every message that the log orders at the time of the call is at its end. */
  async idle(): Promise<void> {
    await this.starting;
    await this.subscription?.caughtUp();
    await this.underWay.settled();
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
      const message = orderedMessageIn(event);
      if (message === undefined) {
        this.progress.pass(event.position);
      } else {
        if (this.underWay.isFull) await this.roomOrStop();
        if (this.stopping.isRaised) return;
        this.begin(message);
      }
    }
    this.saver?.request();
  }

  private async roomOrStop(): Promise<void> {
    await this.stopping.interrupt(this.underWay.room()).catch(() => undefined);
  }

  private begin(message: OrderedMessage): void {
    const { position } = message;
    this.progress.begin(position);
    const finish = (): void => {
      this.progress.finish(position);
      this.saver?.request();
    };
    const tell = (error: unknown): void => {
      if (error instanceof DeliveryStopped) return;
      this.ports.log.error('a delivery broke off', { messageId: message.item.id, error });
    };
    this.underWay.add(this.messages.deliver(message).then(finish).catch(tell));
  }
}
