import {
  CarrierUnavailable,
  type Carrier,
  type CarrierMessage,
  type CarrierUpdate,
  type Clock,
} from '@tollgate/ports';
import { Pool } from 'undici';
import { updatesIn, type CarrierAnswer } from './carrier-answer';
import { SIGNATURE_HEADER, sign } from './signature';

export interface HttpCarrierOptions {
  /** Where messages are posted to; http or https. */
  readonly url: string;
  /** Signs what is posted. */
  readonly secret: string;
  /** Longest wait for a connection, for an answer to begin, and then to end. @default 30000 */
  readonly timeoutMs?: number;
  /** Connections at once; with all of them busy, messages wait for one. @default 50 */
  readonly connectionsMax?: number;
  readonly clock?: Clock;
}

const TIMEOUT_MS = 30_000;
const CONNECTIONS_MAX = 50;
const ANSWER_BYTES_MAX = 65_536;

/**
 * A carrier that is reached over HTTP: each message is one signed request. A message that is asked
 * for again is posted again, under the same idempotency key.
 */
export class HttpCarrier implements Carrier {
  private readonly path: string;
  private readonly pool: Pool;
  private readonly timeoutMs: number;
  private readonly clock: Clock;

  /** @throws TypeError the address is none, or the secret is empty. */
  constructor(private readonly options: HttpCarrierOptions) {
    const url = new URL(options.url);
    if (!['http:', 'https:'].includes(url.protocol)) {
      throw new TypeError(`a carrier is reached over http or https, not ${url.protocol}`);
    }
    if (options.secret === '') throw new TypeError('the secret of the carrier is empty');
    this.path = `${url.pathname}${url.search}`;
    this.timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.clock = options.clock ?? { now: () => Date.now() };
    this.pool = new Pool(url.origin, {
      connections: options.connectionsMax ?? CONNECTIONS_MAX,
      connect: { timeout: this.timeoutMs },
      headersTimeout: this.timeoutMs,
      maxResponseSize: ANSWER_BYTES_MAX,
    });
  }

  async *deliver(message: CarrierMessage): AsyncIterable<CarrierUpdate> {
    const answer = await this.post(message).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CarrierUnavailable(`the carrier gave no answer: ${reason}`);
    });
    yield* updatesIn(answer, this.clock.now());
  }

  /** Ends the connections; messages under way are told that the carrier is unavailable. */
  close(): Promise<void> {
    return this.pool.destroy();
  }

  private async post(message: CarrierMessage): Promise<CarrierAnswer> {
    const body = JSON.stringify(bodyOf(message));
    const ending = new AbortController();
    const {
      statusCode,
      headers,
      body: answer,
    } = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': message.id,
        [SIGNATURE_HEADER]: sign(body, this.options.secret, this.clock.now()),
      },
      body,
      signal: ending.signal,
    });
    // An answer that comes byte by byte would never meet a timeout between bytes.
    const late = setTimeout(() => ending.abort(), this.timeoutMs);
    try {
      const retryAfter = [headers['retry-after']].flat()[0];
      return { status: statusCode, body: await answer.text(), retryAfter };
    } finally {
      clearTimeout(late);
    }
  }
}

function bodyOf({ id, type: _type, ...message }: CarrierMessage): object {
  return { messageId: id, ...message };
}
