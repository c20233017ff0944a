import { cpus } from 'node:os';
import Table from 'cli-table3';
import type { Measured } from './load';
import type { Scenario } from './scenario';

export interface Row {
  readonly scenario: Scenario;
  readonly baseline: Measured;
  readonly tollgate: Measured;
  readonly halfLoad: Measured;
}

export interface Report {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly seconds: number;
  readonly bytesPerCharge: number;
  readonly rows: readonly Row[];
}

export function machine(): Report['machine'] {
  const [cpu] = cpus();
  return { cpu: cpu?.model ?? 'unknown', cores: cpus().length, node: process.version };
}

export function chargesPerSecond({ scenario, tollgate }: Row): number {
  return tollgate.requestsPerSecond * scenario.chargesPerRequest;
}

export function table(rows: readonly Row[]): string {
  const head = [
    'load',
    'charges/s',
    'requests/s',
    'bare Fastify',
    'ratio',
    'p50 ms',
    'p99 ms',
    'p99 at half load',
    'failed',
  ];
  const printed = new Table({ head, style: { head: [], border: [] } });
  for (const row of rows) {
    const { scenario, baseline, tollgate, halfLoad } = row;
    printed.push([
      scenario.name,
      whole(chargesPerSecond(row)),
      whole(tollgate.requestsPerSecond),
      whole(baseline.requestsPerSecond),
      `${Math.round((100 * tollgate.requestsPerSecond) / baseline.requestsPerSecond)} %`,
      tollgate.p50Ms,
      tollgate.p99Ms,
      halfLoad.p99Ms,
      tollgate.failures + halfLoad.failures,
    ]);
  }
  return printed.toString();
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
