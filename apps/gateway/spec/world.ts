import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { billingProtocol } from '@tollgate/contracts';
import type { PriceList, TeamCommand } from '@tollgate/domain';
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
import { createGateway, type GatewayOptions } from '../src';
import type { Answer, Sent } from './answer';

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

/** A command log whose answers a spec can replace. */
class SpoiltCommands implements CommandLog {
  instead: CommandLog['submit'] | undefined;

  constructor(private readonly writer: Writer) {}

  submit: CommandLog['submit'] = async (teamId, commands) => {
    commands.forEach(assertReadable);
    const { instead, writer } = this;
    return instead === undefined ? writer.submit(teamId, commands) : instead(teamId, commands);
  };
}

/** What the gateway lets through a writer behind Kafka must be able to read. */
function assertReadable(command: TeamCommand): void {
  const { problem } = billingProtocol.decode(billingProtocol.encode(command), command.at);
  if (problem !== undefined) throw new Error(`a ${command.type} is not readable: ${problem}`);
}

/** The gateway with the writer and the projector behind it, all in this process. */
export class GatewayWorld {
  /** What the gateway logged as its own fault. */
  readonly faults: unknown[];

  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly adapters: Adapters,
    private readonly parts: {
      readonly projector: Projector;
      readonly commands: SpoiltCommands;
      readonly faults: unknown[];
    },
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
    const writer = new Writer(teamAggregate, { events, snapshots, digest, log });
    const commands = new SpoiltCommands(writer);
    const projector = new Projector({ events, readModels, log });
    await projector.start();
    const app = await createGateway({
      commands,
      readModels,
      clock,
      ids,
      digest,
      log,
      priceList,
      operatorKey: OPERATOR_KEY,
      keySecret: 'the key secret of a spec',
      rateLimitPerMinute: 0,
      notReady: () => undefined,
      ...options,
    });
    return new GatewayWorld(app, adapters, { projector, commands, faults });
  }

  /** How many events there are: a refused request adds none. */
  get eventCount(): number {
    return this.adapters.events.head;
  }

  /** Answers commands otherwise than the writer would, until called without an argument. */
  answerCommands(instead?: CommandLog['submit']): void {
    this.parts.commands.instead = instead;
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
