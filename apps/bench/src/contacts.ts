import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerProcess } from '@tollgate/testing';
import Table from 'cli-table3';
import { ContactBook } from './contact-book';
import { openTeams } from './teams';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20);
const MANY = Number(process.env['BENCH_CONTACTS'] ?? 100_000);
const FEW = 10;
const WARM_UP_SECONDS = 2;
/** A second, beside each other: as many creates as the promise speaks of, and reads among them. */
const RATES = { create: 100, 'by phone': 50, search: 50, list: 50 } as const;

type Operation = keyof typeof RATES;
type Latencies = Readonly<Record<Operation, readonly number[]>>;

/** Measures an account with very many contacts beside one with few, in the embedded system. */
export async function benchContacts(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-bench-'));
  const tollgate = await ServerProcess.on({ dataDir });
  try {
    await tollgate.start();
    const [small, large] = await openTeams(tollgate.url, tollgate.operatorKey, 2);
    const few = new ContactBook(tollgate.url, small!.apiKey);
    const many = new ContactBook(tollgate.url, large!.apiKey);
    await few.fill(FEW);
    const filledMs = await timed(() => many.fill(MANY));
    const rows: [string, Latencies][] = [];
    for (const [name, book] of [
      [`${FEW} contacts`, few],
      [`${MANY} contacts`, many],
    ] as const) {
      process.stderr.write(`${name} …\n`);
      await load(book, WARM_UP_SECONDS);
      rows.push([name, await load(book, SECONDS)]);
    }
    await tollgate.kill();
    const readyMs = await timed(() => tollgate.start());
    await many.operate('by phone', 1);
    process.stdout.write(`${table(rows)}\n`);
    process.stdout.write(`${MANY} contacts created in ${seconds(filledMs)} s, one request each. `);
    process.stdout.write(`Ready ${seconds(readyMs)} s after a start that followed a kill -9.\n`);
  } finally {
    await tollgate.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Every operation at its own rate, whether the ones before it were answered or not. */
async function load(book: ContactBook, forSeconds: number): Promise<Latencies> {
  const measured = Object.keys(RATES).map(async (name) => {
    const operation = name as Operation;
    const latencies: number[] = [];
    const answers: Promise<void>[] = [];
    const everyMs = 1_000 / RATES[operation];
    const startedAt = performance.now();
    for (let n = 0; n < forSeconds * RATES[operation]; n += 1) {
      await delay(Math.max(0, startedAt + n * everyMs - performance.now()));
      const answer = timed(() => book.operate(operation, n)).then((ms) => void latencies.push(ms));
      // One that fails is told of below, and must not end the program before that.
      answer.catch(() => undefined);
      answers.push(answer);
    }
    await Promise.all(answers);
    return [operation, latencies] as const;
  });
  return Object.fromEntries(await Promise.all(measured)) as unknown as Latencies;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

function table(rows: readonly [string, Latencies][]): string {
  const head = ['account', 'operation', 'a second', 'p50 ms', 'p99 ms', 'max ms'];
  const printed = new Table({ head, style: { head: [], border: [] } });
  for (const [name, latencies] of rows) {
    for (const [operation, measured] of Object.entries(latencies)) {
      const sorted = [...measured].sort((left, right) => left - right);
      const at = (share: number): string =>
        (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
      printed.push([name, operation, RATES[operation as Operation], at(0.5), at(0.99), at(1)]);
    }
  }
  return printed.toString();
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
