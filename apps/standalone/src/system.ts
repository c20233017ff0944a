import type { INestMicroservice } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InProcessCommandLog } from '@tollgate/adapter-in-memory';
import { nodeDigest, systemClock, ulidIds } from '@tollgate/adapter-runtime';
import { SandboxCarrier } from '@tollgate/adapter-carrier-sandbox';
import { createBilling } from '@tollgate/billing';
import { Delivery } from '@tollgate/delivery';
import type { PriceList } from '@tollgate/domain';
import { createGateway } from '@tollgate/gateway';
import type {
  Checkpoints,
  EventLog,
  Log,
  ReadModelReader,
  ReadModelWriter,
  Snapshots,
} from '@tollgate/ports';
import { Projector } from '@tollgate/projections';

const DRAIN_MS_MAX = 5_000;

/** Where the system keeps what it knows. */
export interface Storage {
  readonly events: EventLog;
  readonly snapshots: Snapshots;
  readonly checkpoints: Checkpoints;
  readonly readModels: ReadModelReader & ReadModelWriter;
}

export interface SystemOptions {
  readonly storage: Storage;
  readonly log: Log;
  readonly priceList: PriceList;
  readonly operatorKey: string;
  readonly keySecret: string;
  readonly rateLimitPerMinute: number;
}

/** The whole product in one process: gateway, writer, projector and delivery on one storage. */
export class System {
  private isReady = false;
  private readonly commands = new InProcessCommandLog();
  private readonly projector: Projector;
  private readonly delivery: Delivery;
  private billing: INestMicroservice | undefined;
  private gateway: NestFastifyApplication | undefined;

  constructor(private readonly options: SystemOptions) {
    const { storage, log } = options;
    const { events, checkpoints, readModels } = storage;
    this.projector = new Projector({ events, readModels, log });
    this.delivery = new Delivery({
      events,
      commands: this.commands,
      checkpoints,
      carrier: new SandboxCarrier(),
      digest: nodeDigest,
      clock: systemClock,
      log,
    });
  }

  /** Serves when the read models show the whole log. Answers the address that it listens on. */
  async start(port: number, host: string): Promise<string> {
    const { storage, log } = this.options;
    await this.projector.start();
    const { events, snapshots } = storage;
    this.billing = await createBilling(this.commands, {
      events,
      snapshots,
      digest: nodeDigest,
      log,
    });
    await this.billing.listen();
    this.gateway = await createGateway({
      commands: this.commands,
      readModels: storage.readModels,
      clock: systemClock,
      ids: ulidIds(),
      digest: nodeDigest,
      log,
      priceList: this.options.priceList,
      operatorKey: this.options.operatorKey,
      keySecret: this.options.keySecret,
      rateLimitPerMinute: this.options.rateLimitPerMinute,
      notReady: () => (this.isReady ? undefined : 'starting or stopping'),
    });
    await this.gateway.listen(port, host);
    await this.delivery.start();
    this.isReady = true;
    return this.gateway.getUrl();
  }

  /** In order: no more requests, then no more commands, then the followers of the log. */
  async stop(): Promise<void> {
    this.isReady = false;
    await this.gateway?.close();
    await this.delivery.stop();
    await this.billing?.close();
    // What is stopped in order should show what it holds, to an audit for one.
    await this.projector.drain(DRAIN_MS_MAX);
    await this.projector.stop();
  }
}
