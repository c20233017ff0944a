import type { WebhookAnswer, WebhookCall, WebhookClient } from '@tollgate/ports';
import { Agent, request, type Dispatcher } from 'undici';
import { guardedConnector } from './guarded-connector';
import { isPublicAddress } from './public-address';
import { reasonOf } from './reason';
import { publicResolver, systemResolver, type ResolveHost } from './resolve-host';
import { SIGNATURE_HEADER, signatureOf } from './signature';
import { brokenUrlRule } from './url-rules';

export interface HttpWebhookClientOptions {
  /** Receivers in private networks, and without encryption. @default false */
  readonly allowPrivate?: boolean;
  /** For a whole call, in ms. @default 30000 */
  readonly timeoutMs?: number;
  /** To one origin at once; more calls wait. @default 10 */
  readonly connectionsMax?: number;
  /** @default name servers alone; the system's way where private receivers are allowed */
  readonly resolve?: ResolveHost;
}

const TIMEOUT_MS = 30_000;
const CONNECTIONS_MAX = 10;
const CONNECT_MS_MAX = 10_000;
const IDLE_MS = 4_000;
/** However long a receiver asks for. */
const IDLE_MS_MAX = 30_000;
const ANSWER_BYTES_MAX = 65_536;

/**
 * Posts webhooks by HTTP to hosts that strangers name. So it follows no redirect, calls nothing in
 * private networks, and gives no receiver more than a set time and a set number of bytes.
 */
export class HttpWebhookClient implements WebhookClient {
  private readonly agent: Agent;
  private readonly allowPrivate: boolean;
  private readonly timeoutMs: number;

  constructor(options: HttpWebhookClientOptions = {}) {
    const { allowPrivate = false, timeoutMs = TIMEOUT_MS } = options;
    this.allowPrivate = allowPrivate;
    this.timeoutMs = timeoutMs;
    this.agent = new Agent({
      connect: guardedConnector({
        resolve: options.resolve ?? (allowPrivate ? systemResolver : publicResolver()),
        isAllowed: allowPrivate ? () => true : isPublicAddress,
        timeoutMs: Math.min(CONNECT_MS_MAX, timeoutMs),
      }),
      connections: options.connectionsMax ?? CONNECTIONS_MAX,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS_MAX,
    });
  }

  async post(call: WebhookCall): Promise<WebhookAnswer> {
    const { allowPrivate, timeoutMs } = this;
    const rule = brokenUrlRule(call.url, { allowPrivate });
    if (rule !== undefined) return { isDelivered: false, reason: `the URL breaks a rule: ${rule}` };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const { statusCode, body } = await this.send(call, signal);
      await ignore(body, signal);
      const isDelivered = statusCode >= 200 && statusCode < 300;
      return isDelivered ? { isDelivered } : { isDelivered, reason: `status ${statusCode}` };
    } catch (failure) {
      const late = `no answer within ${timeoutMs} ms`;
      return { isDelivered: false, reason: signal.aborted ? late : reasonOf(failure) };
    }
  }

  /** Breaks off whatever is under way. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private send(call: WebhookCall, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    return request(call.url, {
      method: 'POST',
      body: call.body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Tollgate-Webhooks',
        [SIGNATURE_HEADER]: signatureOf(call),
      },
      dispatcher: this.agent,
      signal,
    });
  }
}

/** The status has said it all; what follows only has to end, so that the connection is free. */
async function ignore(body: Dispatcher.ResponseData['body'], signal: AbortSignal): Promise<void> {
  await body.dump({ limit: ANSWER_BYTES_MAX, signal }).catch(() => undefined);
}
