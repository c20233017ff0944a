import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseReports, sign, verifyReport } from '@tollgate/adapter-carrier-http';
import { InMemoryVault } from '@tollgate/adapter-in-memory';
import { SandboxNumbers } from '@tollgate/adapter-number-sandbox';
import { VaultSealing } from '@tollgate/adapter-sealing';
import { billingProtocol, messagingProtocol } from '@tollgate/contracts';
import { DeliveryReports } from '@tollgate/delivery';
import type { MessagingKind, PriceList, TeamKind } from '@tollgate/domain';
import { CommandedNumberOrders } from '@tollgate/numbers';
import { deriveWebhookSecret } from '@tollgate/platform';
import { Projector } from '@tollgate/projections';
import type {
  Clock,
  CommandLog,
  Digest,
  EventLog,
  IdSource,
  Log,
  ReadModelReader,
  ReadModelWriter,
  Snapshots,
} from '@tollgate/ports';
import { Writer, teamAggregate } from '@tollgate/writer';
import { createGateway, type CarrierReports, type GatewayOptions } from '../src';
import type { Answer, Sent } from './answer';
import { MessagingWriters, SpoiltCommands } from './commands';

/** What a spec binds to the ports. The log says how far it goes. */
export interface Adapters {
  readonly events: EventLog & { readonly head: number };
  readonly snapshots: Snapshots;
  readonly readModels: ReadModelReader & ReadModelWriter;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export const OPERATOR_KEY = 'tg_operator_of_a_spec';

const digest: Digest = {
  sha256: (data) => createHash('sha256').update(data).digest('base64url'),
};

const priceList: PriceList = {
  currency: 'usd',
  sms: { default: 0.05, prefixes: { '1': 0.0075 } },
  channels: { whatsapp: 0.005, telegram: 0.002, email: 0.0008 },
};

const KEY_SECRET = 'the key secret of a spec';
const CARRIER_SECRET = 'the secret of a carrier';

interface Parts {
  readonly projector: Projector;
  readonly commands: SpoiltCommands<TeamKind>;
  readonly messaging: SpoiltCommands<MessagingKind>;
  readonly sealing: VaultSealing;
  readonly faults: unknown[];
}

/** The gateway with the writers and the projector behind it, all in this process. */
export class GatewayWorld {
  /** What the gateway logged as its own fault. */
  readonly faults: unknown[];

  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly adapters: Adapters,
    private readonly parts: Parts,
  ) {
    this.faults = parts.faults;
  }

  static async start(
    adapters: Adapters,
    options: Partial<GatewayOptions> = {},
  ): Promise<GatewayWorld> {
    const { events, snapshots, readModels, clock, ids } = adapters;
    const faults: unknown[] = [];
    const ignore = (): void => undefined;
    const log: Log = { info: ignore, warn: ignore, error: (...fault) => void faults.push(fault) };
    const deps = { events, snapshots, digest, log };
    const commands = new SpoiltCommands(new Writer(teamAggregate, deps), billingProtocol);
    const messaging = new SpoiltCommands(new MessagingWriters(deps), messagingProtocol);
    const sealing = new VaultSealing(new InMemoryVault(clock));
    const projector = new Projector({ events, readModels, sealing, log }, { paceMs: 0 });
    await projector.start();
    const app = await createGateway({
      commands,
      messaging,
      readModels,
      sealing,
      inventory: new SandboxNumbers(),
      numbers: new CommandedNumberOrders({ billing: commands, messaging, digest, clock, log }),
      clock,
      ids,
      digest,
      log,
      priceList,
      operatorKey: OPERATOR_KEY,
      keySecret: KEY_SECRET,
      webhookSecretOf: (senderId, version) => deriveWebhookSecret(KEY_SECRET, senderId, version),
      webhookUrlProblem: (url) => (url.startsWith('https://') ? undefined : 'must be https'),
      carrierReports: carrierReports({ ...adapters, log }),
      rateLimitPerMinute: 0,
      notReady: () => undefined,
      ...options,
    });
    return new GatewayWorld(app, adapters, { projector, commands, messaging, sealing, faults });
  }

  /** How many events there are: a refused request adds none. */
  get eventCount(): number {
    return this.adapters.events.head;
  }

  /** Answers commands otherwise than the writer would, until called without an argument. */
  answerCommands(instead?: CommandLog['submit']): void {
    this.parts.commands.instead = instead;
  }

  /** The same for commands about contacts, senders and numbers. */
  answerMessaging(instead?: CommandLog<MessagingKind>['submit']): void {
    this.parts.messaging.instead = instead;
  }

  /** Commands of the services that stand beside the gateway. */
  get messaging(): CommandLog<MessagingKind> {
    return this.parts.messaging;
  }

  /** Nobody can read any more what was sealed for this subject. */
  async erase(subject: string): Promise<void> {
    await this.parts.sealing.vault.destroy(subject, this.adapters.clock.now());
  }

  /** Whom an identifier reaches, in one account. */
  recipientOf(accountId: string, identifier: string): Promise<string> {
    return this.parts.sealing.recipientOf(accountId, identifier);
  }

  /** The header that proves that the carrier wrote this body. */
  signature(body: string): string {
    return sign(body, CARRIER_SECRET, this.adapters.clock.now());
  }

  /** A request that takes no socket. */
  async send<Body = unknown>({
    method,
    url,
    key,
    body,
    headers = {},
  }: Sent): Promise<Answer<Body>> {
    const isJson = body !== undefined && !Buffer.isBuffer(body) && typeof body !== 'string';
    const payload = isJson ? JSON.stringify(body) : body;
    const answer = await this.app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const { statusCode: status, payload: text } = answer;
    return { status, headers: answer.headers, text, body: parse<Body>(text) };
  }

  /** Listens, for requests that only a socket can carry. Answers the port. */
  async listen(): Promise<number> {
    await this.app.listen(0, '127.0.0.1');
    return (this.app.getHttpServer().address() as AddressInfo).port;
  }

  /** Every path and method of the OpenAPI document. */
  async routes(): Promise<{ readonly method: string; readonly path: string }[]> {
    const { body } = await this.send<{ paths: Record<string, Record<string, unknown>> }>({
      method: 'GET',
      url: '/docs-json',
    });
    return Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    );
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.parts.projector.stop();
  }
}

/** Undefined for what is no JSON. */
function parse<Body>(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return undefined as Body;
  }
}

function carrierReports(ports: Adapters & { readonly log: Log }): CarrierReports {
  const recorder = new DeliveryReports({ ...ports, digest });
  return {
    verify: (body, header) => verifyReport(body, header, CARRIER_SECRET, ports.clock.now()),
    parse: parseReports,
    record: (report) => recorder.record(report),
  };
}
