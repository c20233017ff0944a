import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ServerProcess, workspaceRoot } from '@tollgate/testing';
import { BenchChild } from './child';
import { benchContacts } from './contacts';
import { benchDistributed } from './distributed';
import { run, type Measured } from './load';
import { chargesPerSecond, machine, table, type Report, type Row } from './report';
import { TEAMS_MANY, scenarios, type Scenario } from './scenario';
import { openTeams } from './teams';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 8);
const WARM_UP_SECONDS = 3;

interface Servers {
  readonly baseline: BenchChild;
  readonly tollgate: ServerProcess;
  readonly apiKeys: readonly string[];
}

/** Measures every load against a bare Fastify route and against the embedded system, in turn. */
async function bench(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-bench-'));
  const baseline = await BenchChild.start(join(__dirname, 'baseline-server.js'));
  const tollgate = await ServerProcess.on({ dataDir });
  try {
    await tollgate.start();
    const teams = await openTeams(tollgate.url, tollgate.operatorKey, TEAMS_MANY);
    const apiKeys = teams.map(({ apiKey }) => apiKey);
    const emptyBytes = await bytesIn(dataDir);
    const rows = await measureAll({ baseline, tollgate, apiKeys });
    await tollgate.stop();
    const charges = rows.reduce((sum, row) => sum + chargesOf(row), 0);
    const bytesPerCharge = ((await bytesIn(dataDir)) - emptyBytes) / charges;
    await report({ machine: machine(), seconds: SECONDS, bytesPerCharge, rows });
  } finally {
    await tollgate.kill();
    await baseline.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureAll(servers: Servers): Promise<Row[]> {
  const only = process.env['BENCH_ONLY'];
  const rows: Row[] = [];
  for (const scenario of scenarios) {
    if (only !== undefined && !scenario.name.includes(only)) continue;
    process.stderr.write(`${scenario.name} …\n`);
    rows.push(await measure(scenario, servers));
  }
  return rows;
}

async function measure(scenario: Scenario, { baseline, tollgate, apiKeys }: Servers): Promise<Row> {
  const bare = { url: baseline.url, scenario, apiKeys: [] };
  const ours = { url: tollgate.url, scenario, apiKeys: apiKeys.slice(0, scenario.teams) };
  await run({ ...bare, seconds: WARM_UP_SECONDS });
  const bareMeasured: Measured = await run({ ...bare, seconds: SECONDS });
  await run({ ...ours, seconds: WARM_UP_SECONDS });
  const measured = await run({ ...ours, seconds: SECONDS });
  const rate = Math.max(1, Math.round(measured.requestsPerSecond / 2));
  const halfLoad = await run({ ...ours, seconds: SECONDS, rate });
  return { scenario, baseline: bareMeasured, tollgate: measured, halfLoad };
}

/** Everything that one row charged, warm-up and half load included. */
function chargesOf(row: Row): number {
  const { requestsPerSecond } = row.halfLoad;
  const full = chargesPerSecond(row) * (SECONDS + WARM_UP_SECONDS);
  return full + requestsPerSecond * row.scenario.chargesPerRequest * SECONDS;
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(join(folder, 'log'));
  const sizes = await Promise.all(names.map((name) => stat(join(folder, 'log', name))));
  return sizes.reduce((sum, { blocks }) => sum + blocks * 512, 0);
}

async function report(result: Report): Promise<void> {
  const { cpu, cores, node } = result.machine;
  process.stdout.write(`${table(result.rows)}\n`);
  process.stdout.write(`${Math.round(result.bytesPerCharge)} bytes of log a charge. `);
  process.stdout.write(`${cores} cores of ${cpu}, Node ${node}; server and load share them.\n`);
  const folder = join(workspaceRoot(), 'apps', 'bench', 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'latest.json'), `${JSON.stringify(result, null, 2)}\n`);
}

const benches: Readonly<Record<string, () => Promise<void>>> = {
  charges: bench,
  contacts: benchContacts,
  distributed: benchDistributed,
};

(benches[process.argv[2] ?? 'charges'] ?? bench)().catch((fault: unknown) => {
  process.stderr.write(`bench: ${inspect(fault)}\n`);
  process.exit(1);
});
