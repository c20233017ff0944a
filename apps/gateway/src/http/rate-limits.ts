import { ApiError } from '@tollgate/contracts';
import type { FastifyReply } from 'fastify';
import {
  RateLimiterMemory,
  type RateLimiterAbstract,
  type RateLimiterRes,
} from 'rate-limiter-flexible';

export const WINDOW_SECONDS = 60;

/** Counts the requests of each account in windows of one minute. */
export class RateLimits {
  private readonly limiter: RateLimiterAbstract | undefined;

  /**
   * @param perMinute requests a minute and account; 0 turns the limit off.
   * @param limiter counts for all gateways together; each counts for itself when absent.
   */
  constructor(
    private readonly perMinute: number,
    limiter?: RateLimiterAbstract,
  ) {
    if (perMinute === 0) return;
    this.limiter =
      limiter ?? new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  }

  /** Counts one request and sets the rate-limit headers. @throws ApiError rate_limited */
  async count(accountId: string, reply: FastifyReply): Promise<void> {
    if (this.limiter === undefined) return;
    try {
      this.setHeaders(reply, await this.limiter.consume(accountId));
    } catch (refused) {
      const result = refused as RateLimiterRes;
      this.setHeaders(reply, result);
      throw rateLimited(result.msBeforeNext);
    }
  }

  private setHeaders(reply: FastifyReply, result: RateLimiterRes): void {
    reply.header('x-ratelimit-limit', this.perMinute);
    reply.header('x-ratelimit-remaining', Math.max(0, result.remainingPoints));
    reply.header('x-ratelimit-reset', Date.now() + result.msBeforeNext);
  }
}

function rateLimited(waitMs: number): ApiError {
  const retryAfter = Date.now() + waitMs;
  return new ApiError(
    'rate_limited',
    `Rate limit exceeded. Retry after ${new Date(retryAfter).toISOString()}`,
    { retryAfter },
    { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))) },
  );
}
