import autocannon from 'autocannon';
import { bodyOf, pathOf, type Scenario } from './scenario';

export interface Measured {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers other than 2xx, errors and time-outs; anything but 0 spoils the run. */
  readonly failures: number;
}

export interface Load {
  readonly url: string;
  readonly scenario: Scenario;
  /** API keys that the requests take turns with; none for the baseline. */
  readonly apiKeys: readonly string[];
  readonly seconds: number;
  /** Requests a second in all; as many as possible when absent. */
  readonly rate?: number;
}

/** Sends one scenario's requests, as many at a time as it has connections. */
export async function run({ url, scenario, apiKeys, seconds, rate }: Load): Promise<Measured> {
  const result = await autocannon({
    url,
    connections: scenario.connections,
    duration: seconds,
    ...(rate === undefined ? {} : { overallRate: rate }),
    requests: requestsOf(scenario, apiKeys),
  });
  return {
    requestsPerSecond: result.requests.total / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

function requestsOf(scenario: Scenario, apiKeys: readonly string[]): autocannon.Request[] {
  const body = bodyOf(scenario);
  const headers = { 'content-type': 'application/json' };
  if (apiKeys.length === 0) return [{ method: 'POST', path: '/', headers, body }];
  return apiKeys.map((key) => ({
    method: 'POST' as const,
    path: pathOf(scenario),
    headers: { ...headers, authorization: `Bearer ${key}` },
    body,
  }));
}
