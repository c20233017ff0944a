import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataFolder } from '@tollgate/adapter-embedded';
import { nodeDigest } from '@tollgate/adapter-runtime';
import { chainStart, encodeEvent, linkIn, linkOf, teamStream, withLink } from '@tollgate/contracts';
import { idAtRevision, type TeamCommand, type TeamEvent } from '@tollgate/domain';
import { READ_MODELS_VERSION, projectEvents } from '@tollgate/projections';
import { mainAccountId, openTeam, charge, teamId, topUp, commandIdAt } from '@tollgate/testing';
import { Writer, teamAggregate } from '@tollgate/writer';
import { runCli } from '../spec/run-cli';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const stream = teamStream(teamId);
const atNoon = Date.parse('2026-01-31T12:00:00Z');
let path = '';

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'tollgate-audit-'));
});
afterEach(() => rm(path, { recursive: true }));

async function open(): Promise<DataFolder> {
  const { DataFolder } = await import('@tollgate/adapter-embedded');
  return DataFolder.open(path, { readModelsVersion: READ_MODELS_VERSION });
}

/** A team with $5, a charge of half a cent a minute after noon, and a top-up an hour after it. */
async function writeTeam(folder: DataFolder): Promise<void> {
  const { events, snapshots } = folder;
  const writer = new Writer(teamAggregate, { events, snapshots, digest: nodeDigest, log: silent });
  const commands: readonly TeamCommand[] = [
    openTeam({ openingBalance: 5_000_000 }, { id: commandIdAt(1), at: atNoon }),
    charge(
      { accountId: mainAccountId, amount: 5_000 },
      { id: commandIdAt(2), at: atNoon + 60_000 },
    ),
    topUp({ amount: 1_000_000 }, { id: commandIdAt(3), at: atNoon + 3_600_000 }),
  ];
  for (const command of commands) await writer.submit(teamId, [command]);
  await writer.close();
}

async function project({ events, readModels }: DataFolder): Promise<void> {
  for await (const batch of events.readAll()) await readModels.apply(projectEvents(batch));
}

/** Appends what no writer would, with a right link. */
async function forge({ events }: DataFolder, event: TeamEvent): Promise<void> {
  let link = chainStart(stream);
  let revision = -1;
  for await (const batch of events.readStream(stream)) {
    for (const recorded of batch) link = linkIn(recorded.metadata) ?? link;
    revision += batch.length;
  }
  const metadata = { commandId: commandIdAt(9), at: atNoon + 7_200_000 };
  const encoded = encodeEvent(event, metadata, 0);
  const closing = withLink(encoded.metadata, linkOf(link, [encoded], nodeDigest.sha256));
  await events.append(stream, revision, [{ ...encoded, metadata: closing }]);
}

async function inFolder(...steps: readonly ((folder: DataFolder) => Promise<void>)[]) {
  const folder = await open();
  for (const step of steps) await step(folder);
  await folder.close();
}

describe('tollgate audit verify', () => {
  it('ends well when every number follows from the log', async () => {
    await inFolder(writeTeam, project);
    const { exitCode, out, err } = await runCli('audit', 'verify', '--data', path);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^streams +1\nevents +5\ncharges +1\nrefunds +0\n/);
    expect(out).toContain('Every number follows from the log.');
  });

  it('works beside the server that has the folder', async () => {
    const folder = await open();
    await writeTeam(folder);
    await project(folder);
    const { exitCode, out } = await runCli('audit', 'verify', '--data', path, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ isSound: true, counts: { events: 5 }, findings: [] });
    await folder.close();
  });

  it('names the first difference, and ends with exit code 1', async () => {
    const data = {
      chargeId: idAtRevision('chg', teamId, 5),
      accountId: mainAccountId,
      amount: 10_000_000,
      balanceAfter: 5_995_000 - 10_000_000,
      totalSpentAfter: 10_005_000,
      item: { type: 'custom' },
    } as const;
    await inFolder(writeTeam, project, (folder) => forge(folder, { type: 'AccountCharged', data }));
    const { exitCode, out, err } = await runCli('audit', 'verify', '--data', path);
    expect(exitCode).toBe(1);
    expect(err).toBe(
      `error: the first difference is in ${stream} at revision 5: balance_exceeded, ` +
        'charged 10000000 from a balance of 5995000\n',
    );
    expect(out).toMatch(/differences +2\n/);
    expect(out).toMatch(/ 5 +read_model_behind +shows revision 4 of 5\n/);
  });

  it('says when there is no data folder', async () => {
    const { exitCode, err } = await runCli('audit', 'verify', '--data', join(path, 'none'));
    expect(exitCode).toBe(1);
    expect(err).toContain('is not a data folder\n  name it with --data or TOLLGATE_DATA_DIR');
  });
});

describe('tollgate audit replay', () => {
  const replay = (at: string, ...more: readonly string[]) =>
    runCli('audit', 'replay', '--team', teamId, '--at', at, '--data', path, ...more);

  it('shows every number of a team as of a time', async () => {
    await inFolder(writeTeam);
    const { exitCode, out } = await replay('2026-01-31T12:30:00Z');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/\nas of +2026-01-31T12:30:00.000Z\nrevision +3 of 2026-01-31T12:01:00/);
    expect(out).toMatch(/\nbalance +\$4\.995\n/);
    expect(out).toMatch(/\ncharged +\$0\.005 \(charges: 1\)\n/);
    expect(out).toMatch(/acc_\w+ +active +\$0\.005 +\$0\.00 +none +1 +1\n/);
    const later = await replay('2026-01-31T13:00', '--json');
    expect(JSON.parse(later.out)).toMatchObject({ balance: { micros: 5_995_000, cents: 599 } });
  });

  it('knows no team before it was opened', async () => {
    await inFolder(writeTeam);
    const { exitCode, err } = await replay('2026-01-31');
    expect([exitCode, err]).toEqual([
      1,
      `error: there was no team ${teamId} at 2026-01-31T00:00:00.000Z\n`,
    ]);
  });
});
