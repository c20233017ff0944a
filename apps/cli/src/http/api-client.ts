import { setTimeout as delay } from 'node:timers/promises';
import { errorCatalogue } from '@tollgate/contracts';
import { CommandFailure } from '../failure';
import type { ApiKey } from '../keys';
import { ApiFailure, errorBodyIn } from './api-failure';
import { failureOfConnection } from './connection-failure';

const ATTEMPTS_MAX = 3;
const RETRY_MS_MIN = 200;
/** Whoever waits at a terminal is told to come back rather than kept longer than this. */
const RETRY_MS_MAX = 5_000;
const TIMEOUT_MS = 30_000;

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The same key in every attempt, so that a repeat never does the thing twice. */
  readonly idempotencyKey?: string;
}

/** Sends requests with one key, again when that can't do harm and may help. */
export class ApiClient {
  private readonly base: string;

  constructor(
    url: URL,
    private readonly key: ApiKey,
  ) {
    this.base = url.href.replace(/\/+$/, '');
  }

  /** @throws CommandFailure */
  async send<Answer>(request: ApiRequest): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.attempt(request)) as Answer;
      } catch (fault) {
        const waitMs = attempt < ATTEMPTS_MAX ? waitBefore(fault, request, attempt) : undefined;
        if (waitMs === undefined) throw this.explained(fault);
        await delay(waitMs);
      }
    }
  }

  /** Every item of a list, page after page. */
  async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Listed<Item> = await this.send({
        method: 'GET',
        path: `${path}?limit=100${query}`,
      });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  private async attempt({ method, path, body, idempotencyKey }: ApiRequest): Promise<unknown> {
    const response = await fetch(this.base + path, {
      method,
      headers: {
        authorization: `Bearer ${this.key.value}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = parsed(await response.text());
    if (response.ok) return answer;
    throw new Refused(response.status, answer, response.headers.get('retry-after'));
  }

  private explained(fault: unknown): CommandFailure {
    if (!(fault instanceof Refused)) return failureOfConnection(fault, this.base);
    const body = errorBodyIn(fault.answer);
    if (body === undefined) {
      const hint = 'is it the address of a Tollgate server?';
      return new CommandFailure(`${this.base} answered ${fault.status}, not as Tollgate does`, [
        hint,
      ]);
    }
    const hints = body.code === 'unauthorized' ? [`the key came from ${this.key.source}`] : [];
    return new ApiFailure(fault.status, body, hints);
  }
}

interface Listed<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** An answer that is not a success. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly answer: unknown,
    readonly retryAfter: string | null,
  ) {
    super(`status ${status}`);
  }
}

/** Undefined when the request must not be sent again, or not before long. */
function waitBefore(fault: unknown, request: ApiRequest, attempt: number): number | undefined {
  if (request.method === 'POST' && request.idempotencyKey === undefined) return undefined;
  const waitMs = RETRY_MS_MIN * 2 ** (attempt - 1);
  if (!(fault instanceof Refused)) return isLostOnTheWay(fault) ? waitMs : undefined;
  const body = errorBodyIn(fault.answer);
  if (body === undefined || errorCatalogue[body.code]?.isRetryable !== true) return undefined;
  const askedMs = fault.retryAfter === null ? waitMs : Number(fault.retryAfter) * 1_000;
  return askedMs <= RETRY_MS_MAX ? askedMs : undefined;
}

/** The request may have arrived; nobody listening is something else. */
function isLostOnTheWay(fault: unknown): boolean {
  const code = ((fault as Error).cause as { code?: string } | undefined)?.code;
  return code === 'ECONNRESET' || code === 'UND_ERR_SOCKET';
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
