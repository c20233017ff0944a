import { VaultSealing } from '@tollgate/adapter-sealing';
import {
  InMemoryCheckpoints,
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySchedule,
  InMemorySnapshots,
  InMemoryVault,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import type { Carrier, CarrierMessage, CarrierUpdate, Log, Schedule } from '@tollgate/ports';
import { Projector } from '@tollgate/projections';
import { nodeDigest } from '@tollgate/testing';

export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Sends every message id once, and fails those whose recipient ends in an odd digit. */
class RememberingCarrier implements Carrier {
  readonly sent = new Map<string, number>();

  async *deliver({ id, to }: CarrierMessage): AsyncIterable<CarrierUpdate> {
    if (!this.sent.has(id)) this.sent.set(id, 1);
    yield { status: 'sent', providerMessageId: `provider-${id}` };
    yield isFailing(to)
      ? { status: 'failed', errorCode: 'undelivered', errorMessage: 'Nobody was there.' }
      : { status: 'delivered' };
  }
}

export const isFailing = (to: string): boolean => Number(to.at(-1)) % 2 === 1;

/** What outlives every process: the log, the stores, the carrier, and time itself. */
export class DurableWorld {
  readonly events = new InMemoryEventLog();
  readonly snapshots = new InMemorySnapshots();
  readonly checkpoints = new InMemoryCheckpoints();
  readonly readModels = new InMemoryReadModels();
  readonly clock = new ManualClock();
  readonly vault = new InMemoryVault(this.clock);
  readonly sealing = new VaultSealing(this.vault);
  readonly carrier = new RememberingCarrier();
  readonly ids = new SequentialIds();
  readonly digest = nodeDigest;
  private readonly schedules = new Map<string, InMemorySchedule>();
  private readonly projector: Projector;

  constructor() {
    const { events, readModels, sealing } = this;
    this.projector = new Projector({ events, readModels, sealing, log: silent }, { paceMs: 0 });
  }

  start(): Promise<void> {
    return this.projector.start();
  }

  stop(): Promise<void> {
    return this.projector.stop();
  }

  scheduleOf(consumer: string): Schedule {
    const known = this.schedules.get(consumer) ?? new InMemorySchedule();
    this.schedules.set(consumer, known);
    return known;
  }
}
