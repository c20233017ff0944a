import { join } from 'node:path';
import { DistributedSystem } from '@tollgate/testing';
import { BenchChild } from './child';
import { CommandTopic, type TopicMeasured } from './command-topic';
import { LagReader, type Lag } from './lag-reader';
import { run } from './load';
import { machine } from './report';
import { scenarios } from './scenario';
import { openTeams, type BenchTeam } from './teams';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 8);
const WARM_UP_SECONDS = 4;
const TEAMS = 100;
const PARTITIONS = '6';

/** Kafka, Redis, devstore, the four services and the load, all on this machine. */
export async function benchDistributed(): Promise<void> {
  const env = { TOLLGATE_KAFKA_PARTITIONS: PARTITIONS };
  const system = await DistributedSystem.create({ env });
  try {
    await system.start();
    const teams = await openTeams(system.url, system.operatorKey, TEAMS);
    await benchTopic(system, teams);
    await benchHttp(system, teams);
    const { cpu, cores, node } = machine();
    print(`${cores} cores of ${cpu}, Node ${node}; all of it and the load share them.`);
  } finally {
    await system.remove();
  }
}

async function benchTopic(system: DistributedSystem, teams: readonly BenchTeam[]): Promise<void> {
  const topic = await CommandTopic.open(system);
  const lag = new LagReader(system.named('projection')[0]!);
  try {
    await topic.charge(teams, WARM_UP_SECONDS);
    for (const [name, some] of [
      ['one hot team', teams.slice(0, 1)],
      [`${TEAMS} teams`, teams],
    ] as const) {
      await lag.mark();
      const measured = await topic.charge(some, SECONDS);
      tell(`command topic, ${name}`, measured, await lag.since());
    }
    print(`consuming the same records with kafkajs alone: ${whole(await topic.baseline())}/s`);
  } finally {
    await topic.close();
  }
}

function tell(name: string, { perSecond, charges }: TopicMeasured, { p50Ms, p99Ms }: Lag): void {
  print(`${name}: ${whole(perSecond)} charges/s of ${whole(charges)}`);
  print(`  projection lag p50 ${whole(p50Ms)} ms, p99 ${whole(p99Ms)} ms`);
}

async function benchHttp(system: DistributedSystem, teams: readonly BenchTeam[]): Promise<void> {
  const baseline = await BenchChild.start(join(__dirname, 'baseline-server.js'));
  const lag = new LagReader(system.named('projection')[0]!);
  try {
    for (const scenario of scenarios.filter(({ teams: count }) => count === 1)) {
      const apiKeys = teams.slice(0, 1).map(({ apiKey }) => apiKey);
      const bare = await run({ url: baseline.url, scenario, apiKeys: [], seconds: SECONDS });
      await run({ url: system.url, scenario, apiKeys, seconds: WARM_UP_SECONDS });
      await lag.mark();
      const ours = await run({ url: system.url, scenario, apiKeys, seconds: SECONDS });
      const { p50Ms, p99Ms } = await lag.since();
      const charges = ours.requestsPerSecond * scenario.chargesPerRequest;
      print(
        `HTTP, ${scenario.name}: ${whole(charges)} charges/s, p50 ${ours.p50Ms} ms, ` +
          `p99 ${ours.p99Ms} ms, ${ours.failures} failed (bare Fastify ` +
          `${whole(bare.requestsPerSecond)} requests/s)`,
      );
      print(`  projection lag p50 ${whole(p50Ms)} ms, p99 ${whole(p99Ms)} ms`);
    }
  } finally {
    await baseline.stop();
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
