import type { ServiceProcess } from '@tollgate/testing';

const BUCKET = /^tollgate_projection_lag_seconds_bucket\{le="([^"]+)".*\} (\d+)$/;

export interface Lag {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How far read models were behind between two looks, from the histogram that projection keeps. */
export class LagReader {
  private before: readonly [number, number][] = [];

  constructor(private readonly projection: ServiceProcess) {}

  async mark(): Promise<void> {
    this.before = await this.buckets();
  }

  async since(): Promise<Lag> {
    const after = await this.buckets();
    const counts = after.map(([bound, count], place): [number, number] => [
      bound,
      count - (this.before[place]?.[1] ?? 0),
    ]);
    return { p50Ms: 1_000 * quantile(counts, 0.5), p99Ms: 1_000 * quantile(counts, 0.99) };
  }

  private async buckets(): Promise<[number, number][]> {
    const text = await (await fetch(`${this.projection.healthUrl}/metrics`)).text();
    return text.split('\n').flatMap((line): [number, number][] => {
      const [, bound, count] = BUCKET.exec(line) ?? [];
      return bound === undefined
        ? []
        : [[bound === '+Inf' ? Infinity : Number(bound), Number(count)]];
    });
  }
}

/** As Prometheus has it: evenly spread within a bucket. */
function quantile(buckets: readonly [number, number][], share: number): number {
  const total = buckets[buckets.length - 1]?.[1] ?? 0;
  const rank = share * total;
  let [lower, below] = [0, 0];
  for (const [bound, count] of buckets) {
    if (count >= rank) {
      if (bound === Infinity || count === below) return lower;
      return lower + ((bound - lower) * (rank - below)) / (count - below);
    }
    [lower, below] = [bound, count];
  }
  return lower;
}
