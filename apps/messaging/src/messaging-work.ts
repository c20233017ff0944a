import { Delivery, type DeliveryPorts } from '@tollgate/delivery';
import { NUMBERS_CONSUMER, NumberKeeper, type NumberKeeperPorts } from '@tollgate/numbers';
import type { Work } from '@tollgate/platform';
import type { Schedule } from '@tollgate/ports';
import { RecipientKeeper, type RecipientKeeperPorts } from '@tollgate/recipients';
import { WEBHOOKS_CONSUMER, WebhookDelivery, type WebhookPorts } from '@tollgate/webhooks';

export type MessagingWorkPorts = Omit<DeliveryPorts, 'commands'> &
  Omit<NumberKeeperPorts, 'schedule'> &
  Omit<WebhookPorts, 'schedule'> &
  RecipientKeeperPorts & {
    /** The jobs of one consumer. */
    readonly scheduleOf: (consumer: string) => Schedule;
  };

interface Follower {
  start(): Promise<void>;
  stop(): Promise<void>;
  idle(): Promise<void>;
}

/**
 * What messaging does because of what is in the log: it delivers messages, tells webhooks, keeps
 * numbers, and makes contacts of recipients. Work for one instance at a time; it lives once.
 */
export class MessagingWork implements Work {
  private readonly followers: readonly Follower[];

  constructor(ports: MessagingWorkPorts) {
    const { scheduleOf, billing } = ports;
    this.followers = [
      new Delivery({ ...ports, commands: billing }),
      new WebhookDelivery({ ...ports, schedule: scheduleOf(WEBHOOKS_CONSUMER) }),
      new NumberKeeper({ ...ports, schedule: scheduleOf(NUMBERS_CONSUMER) }),
      new RecipientKeeper(ports),
    ];
  }

  /** @throws Error a checkpoint can't be read now. */
  async start(): Promise<void> {
    for (const follower of this.followers) await follower.start();
  }

  /** Resolves when all is done that follows from what the log held at the time of the call. */
  async idle(): Promise<void> {
    for (const follower of this.followers) await follower.idle();
  }

  async stop(): Promise<void> {
    await Promise.all(this.followers.map((follower) => follower.stop()));
  }
}
