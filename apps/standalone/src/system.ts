import type { INestMicroservice } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InProcessCommandLog } from '@tollgate/adapter-in-memory';
import { SandboxNumbers } from '@tollgate/adapter-number-sandbox';
import { nodeDigest, systemClock, ulidIds } from '@tollgate/adapter-runtime';
import { VaultSealing } from '@tollgate/adapter-sealing';
import { createBilling } from '@tollgate/billing';
import {
  carrierOf,
  carrierReportsOf,
  webhookClientOf,
  webhookUrlProblemOf,
} from '@tollgate/composition';
import type { MessagingKind, PriceList } from '@tollgate/domain';
import { createGateway, type GatewayOptions } from '@tollgate/gateway';
import { MessagingWork, createMessaging, senderAddresses } from '@tollgate/messaging';
import { CommandedNumberOrders } from '@tollgate/numbers';
import { deriveWebhookSecret, type MessagingSettings } from '@tollgate/platform';
import type {
  Checkpoints,
  EventLog,
  Log,
  ReadModelReader,
  ReadModelWriter,
  Schedule,
  Snapshots,
  Vault,
} from '@tollgate/ports';
import { Projector } from '@tollgate/projections';

const DRAIN_MS_MAX = 5_000;

/** Where the system keeps what it knows. */
export interface Storage {
  readonly events: EventLog;
  readonly snapshots: Snapshots;
  readonly checkpoints: Checkpoints;
  readonly readModels: ReadModelReader & ReadModelWriter;
  readonly vault: Vault;
  schedule(consumer: string): Schedule;
}

export interface SystemOptions {
  readonly storage: Storage;
  readonly log: Log;
  readonly priceList: PriceList;
  readonly operatorKey: string;
  readonly keySecret: string;
  readonly rateLimitPerMinute: number;
  readonly messaging: MessagingSettings;
}

/** The whole product in one process: gateway, writers, projector and messaging on one storage. */
export class System {
  private isReady = false;
  private readonly charges = new InProcessCommandLog();
  private readonly contacts = new InProcessCommandLog<MessagingKind>();
  private readonly sealing: VaultSealing;
  private readonly projector: Projector;
  private readonly carrier;
  private readonly webhookClient;
  private readonly work: MessagingWork;
  private billing: INestMicroservice | undefined;
  private messaging: INestMicroservice | undefined;
  private gateway: NestFastifyApplication | undefined;

  constructor(private readonly options: SystemOptions) {
    const { storage, log, messaging } = options;
    // Every key is destroyed through this object, so that none is remembered for too long.
    this.sealing = new VaultSealing(storage.vault, { ttlMs: Infinity });
    this.projector = new Projector({ ...storage, sealing: this.sealing, log });
    this.carrier = carrierOf(messaging);
    this.webhookClient = webhookClientOf(messaging);
    this.work = this.newWork();
  }

  /** Serves when the read models show the whole log. Answers the address that it listens on. */
  async start(port: number, host: string): Promise<string> {
    const { events, snapshots } = this.options.storage;
    const writing = { events, snapshots, digest: nodeDigest, log: this.options.log };
    await this.projector.start();
    this.billing = await createBilling(this.charges, writing);
    await this.billing.listen();
    this.messaging = await createMessaging(this.contacts, writing);
    await this.messaging.listen();
    this.gateway = await createGateway(this.gatewayOptions());
    await this.gateway.listen(port, host);
    await this.work.start();
    this.isReady = true;
    return this.gateway.getUrl();
  }

  /** In order: no more requests, then no more commands, then the followers of the log. */
  async stop(): Promise<void> {
    this.isReady = false;
    await this.gateway?.close();
    await this.work.stop();
    await this.messaging?.close();
    await this.billing?.close();
    // What is stopped in order should show what it holds, to an audit for one.
    await this.projector.drain(DRAIN_MS_MAX);
    await this.projector.stop();
    await this.carrier.close();
    await this.webhookClient.close();
  }

  private newWork(): MessagingWork {
    const { storage, log } = this.options;
    const { sealing, charges, contacts } = this;
    return new MessagingWork({
      ...storage,
      billing: charges,
      messaging: contacts,
      scheduleOf: (consumer) => storage.schedule(consumer),
      vault: sealing.vault,
      sealing,
      carrier: this.carrier.carrier,
      senderAddress: senderAddresses(storage.readModels),
      webhookClient: this.webhookClient,
      webhookSecretOf: this.webhookSecretOf,
      digest: nodeDigest,
      clock: systemClock,
      log,
    });
  }

  private gatewayOptions(): GatewayOptions {
    const { storage, log, messaging } = this.options;
    const { charges, contacts, sealing } = this;
    const common = { digest: nodeDigest, clock: systemClock, log };
    const { events, readModels } = storage;
    const carrierReports = carrierReportsOf(messaging, { events, ...common });
    return {
      ...this.options,
      ...common,
      commands: charges,
      messaging: contacts,
      readModels,
      sealing,
      inventory: new SandboxNumbers(),
      numbers: new CommandedNumberOrders({ billing: charges, messaging: contacts, ...common }),
      ids: ulidIds(),
      webhookSecretOf: this.webhookSecretOf,
      webhookUrlProblem: webhookUrlProblemOf(messaging),
      ...(carrierReports === undefined ? {} : { carrierReports }),
      notReady: () => (this.isReady ? undefined : 'starting or stopping'),
    };
  }

  private readonly webhookSecretOf = (senderId: string, version: number): string =>
    deriveWebhookSecret(this.options.keySecret, senderId, version);
}
