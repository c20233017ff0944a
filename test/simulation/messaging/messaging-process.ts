import { Delivery } from '@tollgate/delivery';
import type { MessagingKind } from '@tollgate/domain';
import { MessagingWriters } from '@tollgate/messaging';
import { CommandedNumberOrders, NUMBERS_CONSUMER, NumberKeeper } from '@tollgate/numbers';
import type { CommandLog } from '@tollgate/ports';
import { RecipientKeeper } from '@tollgate/recipients';
import { Writer, teamAggregate } from '@tollgate/writer';
import { silent, type DurableWorld } from './durable-world';
import type { Lifetime } from './lifetime';

const NEVER_MS = 2 ** 30;

/** Billing, messaging and the gateway's part of buying numbers, in one process that may die. */
export class MessagingProcess {
  readonly billing: CommandLog;
  readonly messaging: CommandLog<MessagingKind>;
  readonly orders: CommandedNumberOrders;
  private readonly delivery: Delivery;
  private readonly numbers: NumberKeeper;
  private readonly recipients: RecipientKeeper;

  constructor(world: DurableWorld, lifetime: Lifetime) {
    const { clock, digest } = world;
    const log = silent;
    const events = lifetime.bound(world.events);
    const deps = { events, snapshots: world.snapshots, digest, log };
    const writer = new Writer(teamAggregate, deps);
    const writers = new MessagingWriters(deps);
    this.billing = { submit: (key, commands) => writer.submit(key, commands) };
    this.messaging = { submit: (key, commands) => writers.submit(key, commands) };
    const ports = {
      events,
      checkpoints: lifetime.bound(world.checkpoints),
      carrier: lifetime.bound(world.carrier),
      readModels: lifetime.bound(world.readModels),
      sealing: lifetime.bound(world.sealing),
      vault: lifetime.bound(world.vault),
      schedule: lifetime.bound(world.scheduleOf(NUMBERS_CONSUMER)),
      billing: this.billing,
      commands: this.billing,
      messaging: this.messaging,
      clock,
      digest,
      log,
    };
    this.orders = new CommandedNumberOrders(ports);
    this.delivery = new Delivery(ports, { timer: soon, random: () => 0, checkpointMs: 0 });
    this.numbers = new NumberKeeper(ports, { everyMs: NEVER_MS });
    this.recipients = new RecipientKeeper(ports);
  }

  async start(): Promise<void> {
    await this.delivery.start();
    await this.numbers.start();
    await this.recipients.start();
  }

  /** Resolves when all is done that follows from the log, and what is due. */
  async idle(): Promise<void> {
    await this.delivery.idle();
    await this.recipients.idle();
    await this.numbers.idle();
  }

  /** It is dead: nothing is waited for, and no timer keeps it in memory. */
  abandon(): void {
    void this.numbers.stop();
  }

  async stop(): Promise<void> {
    await this.delivery.stop();
    await this.numbers.stop();
    await this.recipients.stop();
  }
}

/** Every delay is over at once. */
function soon(_delayMs: number, callback: () => void): () => void {
  const immediate = setImmediate(callback);
  return () => clearImmediate(immediate);
}
