import Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { clientOf, errorOf, stageOn } from './support/clients';

jest.setTimeout(120_000);

const PER_MINUTE = 5;

describe('a rate limit, seen by the official client', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({
      env: { TOLLGATE_RATE_LIMIT_PER_MINUTE: String(PER_MINUTE) },
    });
  });

  afterAll(() => system.end());

  it('is told with every answer, and ends in a RateLimitError that says until when', async () => {
    const { main, team } = await stageOn(system);
    const { subAccount } = await main.subAccounts.create({ name: 'A' });
    const own = clientOf(system.server.url, subAccount.apiKey!, { maxRetries: 0 });
    for (let left = PER_MINUTE - 1; left >= 0; left -= 1) {
      const { response } = await own.balance.retrieve().withResponse();
      expect(response.headers.get('x-ratelimit-limit')).toBe(String(PER_MINUTE));
      expect(response.headers.get('x-ratelimit-remaining')).toBe(String(left));
      const reset = Number(response.headers.get('x-ratelimit-reset'));
      expect(Math.abs(reset - Date.now())).toBeLessThan(61_000);
    }

    const error = await errorOf(own.messages.send({ to: '+14155550123', text: 'One too many' }));
    expect(error).toBeInstanceOf(Zavudev.RateLimitError);
    const { code, message, details } = error.error as {
      code: string;
      message: string;
      details: { retryAfter: number };
    };
    expect(code).toBe('rate_limited');
    const until = new Date(details.retryAfter).toISOString();
    expect(message).toBe(`Rate limit exceeded. Retry after ${until}`);
    const seconds = Number(error.headers?.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(error.headers?.get('x-ratelimit-remaining')).toBe('0');
    expect(error.headers?.get('x-should-retry')).toBeNull();

    expect((await main.subAccounts.getBalance(subAccount.id)).totalSpent).toBe(0);
    expect((await system.team(team)).balance).toBe(5_000);
  });
});
