import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditReport } from '@tollgate/audit';
import { Books, type TeamBook } from './support/books';
import { Folders } from './support/folders';
import {
  appendsOf,
  forge,
  lastRevision,
  withEvent,
  withOtherDigit,
  type Forgery,
  type LoggedAppend,
} from './support/forgery';
import { usedRanges, type UsedRange } from './support/lmdb-pages';
import { killUnderLoad } from './support/load/kills';
import { Load } from './support/load/load';
import { untilSettled } from './support/messages';
import { Random, seedOfRun } from './support/random';
import { cli, type Ended } from './support/run';
import { System } from './support/system';

const KILLS = 5;
const FLIPS_OF_VALUES = 8;
const FLIPS_OF_STRUCTURE = 14;
const LOG_FILE = join('log', 'data.mdb');
const MODELS_FILE = join('read-models', 'data.mdb');

jest.setTimeout(600_000);

describe('the audit of a log', () => {
  const seed = seedOfRun('audit-finds-any-change');
  const random = new Random(seed);
  const folders = new Folders();
  let original: string;
  let appends: readonly LoggedAppend[];

  beforeAll(async () => {
    original = await folders.empty();
    const system = await System.start({ dataDir: original });
    const load = await Load.on(system, { clients: 12, seed });
    await system.server.kill();
    load.start();
    await killUnderLoad(system, load, { count: KILLS, random, onWritten: () => undefined });
    await system.server.start();
    await load.finish();
    await untilSettled(
      original,
      load.teams.flatMap((team) => team.spenders),
    );
    await system.server.stop();
    await system.end();
    appends = await appendsOf(original);
  });

  afterAll(() => folders.remove());

  /** What it says of a copy of the folder with something changed. */
  async function verdictOn(change: (folder: string) => void): Promise<Ended> {
    const folder = await folders.copyOf(original);
    change(folder);
    return cli(['audit', 'verify', '--data', folder, '--json']);
  }

  const verdictOnForgery = (forgery: Forgery): Promise<Ended> =>
    verdictOn((folder) => forge(folder, forgery));

  const anAppend = (fits: (append: LoggedAppend) => boolean): LoggedAppend =>
    random.of(appends.filter(fits));

  it('finds nothing in one that survived kills', async () => {
    const ended = await cli(['audit', 'verify', '--data', original]);
    expect(ended).toMatchObject({ code: 0, signal: null, err: '' });
    expect(ended.out).toContain('Every number follows from the log.');
  });

  it.each(['data', 'metadata'] as const)('finds a changed digit in the %s', async (field) => {
    for (let run = 0; run < 3; run += 1) {
      const append = anAppend(({ stream }) => run > 0 || stream.startsWith('message-'));
      const place = random.integer(0, append.events.length - 1);
      const changed = withEvent(append, place, (event) => ({
        ...event,
        [field]: withOtherDigit(event[field], (count) => random.integer(0, count - 1)),
      }));
      expectFound(await verdictOnForgery({ put: [changed] }), append);
    }
  });

  it('finds another type, and another id', async () => {
    const append = anAppend(({ events }) => events[0]!.type === 'AccountCharged');
    const type = withEvent(append, 0, (event) => ({ ...event, type: 'AccountCharger' }));
    expectFound(await verdictOnForgery({ put: [type] }), append);
    const id = withEvent(append, 0, (event) => ({ ...event, id: `${event.id}0` }));
    expectFound(await verdictOnForgery({ put: [id] }), append);
  });

  it('finds amounts that changed places, though every sum is the same', async () => {
    const append = anAppend((each) => new Set(chargesIn(each)).size >= 2);
    const places = chargesIn(append);
    const [first] = places.keys();
    const other = [...places.keys()].find((place) => places.get(place) !== places.get(first!))!;
    const swapped = [first!, other].reduce((changed, place) => {
      const amount = places.get(place === first ? other : first!)!;
      return withEvent(changed, place, (event) => ({
        ...event,
        data: event.data.replace(/"amount":\d+/, `"amount":${amount}`),
      }));
    }, append);
    expectFound(await verdictOnForgery({ put: [swapped] }), append);
  });

  it('finds that an event was taken out of an append', async () => {
    const append = anAppend(({ events }) => events.length > 1);
    const events = append.events.slice(1);
    const verdict = await verdictOnForgery({ put: [{ ...append, events }] });
    expect(verdict).toMatchObject({ code: 1, signal: null });
    expect(findingsOf(verdict)).not.toEqual([]);
  });

  it.each([true, false])(
    'finds that an append is missing (its index entry too: %p)',
    async (is) => {
      const isTeams = ({ stream }: LoggedAppend): boolean => stream.startsWith('team-');
      const middle = anAppend((each) => isTeams(each) && each.position < appends.length / 2);
      const last = appends.filter(isTeams).at(-1)!;
      for (const append of [middle, last]) {
        const drop = [{ ...append, isUnlisted: is }];
        const verdict = await verdictOnForgery({ drop });
        expect(verdict).toMatchObject({ code: 1, signal: null });
        expect(findingsOf(verdict)).not.toEqual([]);
      }
    },
  );

  it('finds that two appends of a team changed places', async () => {
    const { stream } = appends.find((append) => append.stream.startsWith('team-'))!;
    const [first, second] = appends.filter(
      (append) => append.stream === stream && append.events.length === 1,
    );
    const put = [
      { ...first!, position: second!.position },
      { ...second!, position: first!.position },
    ];
    const verdict = await verdictOnForgery({ put });
    expect(verdict).toMatchObject({ code: 1, signal: null });
    expect(verdict.err).toContain(stream);
  });

  it('finds every flipped bit of a stored append, and says where it is', async () => {
    const values = usedRanges(join(original, LOG_FILE)).filter(isAppend);
    for (let flip = 0; flip < FLIPS_OF_VALUES; flip += 1) {
      const range = random.of(values);
      const verdict = await verdictOn((folder) => flipIn(join(folder, LOG_FILE), range, random));
      expect(verdict).toMatchObject({ code: 1, signal: null });
      const [found] = findingsOf(verdict);
      expect(found?.stream).toMatch(/^(team|message|contacts)-/);
      expect(found?.revision).toBeGreaterThanOrEqual(0);
    }
  });

  const flips: readonly [string, string, (range: UsedRange) => boolean][] = [
    ['of what leads to appends', LOG_FILE, isWayToAppends],
    ['of the read models', MODELS_FILE, () => true],
  ];

  it.each(flips)(
    'answers a flipped bit %s with a sentence, if it matters',
    async (_, name, fits) => {
      const ranges = usedRanges(join(original, name)).filter(fits);
      const bad: { readonly range: UsedRange; readonly ended: Ended }[] = [];
      for (let flip = 0; flip < FLIPS_OF_STRUCTURE; flip += 1) {
        const range = random.of(ranges);
        const ended = await verdictOn((folder) => flipIn(join(folder, name), range, random));
        if (!isSentence(ended)) bad.push({ range, ended });
      }
      expect(bad).toEqual([]);
    },
  );

  it('finds a number that the read models show wrong', async () => {
    const [[teamId, { balance }]] = [...(await Books.of(original)).teams] as [[string, TeamBook]];
    const verdict = await verdictOn((folder) => {
      const bytes = readFileSync(join(folder, MODELS_FILE));
      const rows = usedRanges(join(folder, MODELS_FILE)).filter(
        ({ database }) => database === 'rows',
      );
      for (const { start, bytes: size } of rows) {
        const row = bytes.subarray(start, start + size);
        const at = row.indexOf(packed(balance));
        if (at >= 0) row[at + 4]! ^= 1;
      }
      writeFileSync(join(folder, MODELS_FILE), bytes);
    });
    expect(verdict).toMatchObject({ code: 1, signal: null });
    expect(findingsOf(verdict)[0]).toMatchObject({
      kind: 'read_model_mismatch',
      stream: `team-${teamId}`,
    });
  });
});

function isWayToAppends({ isValue, database }: UsedRange): boolean {
  return !isValue && database !== 'checkpoints';
}

/** Nothing found, or something said; never a crash, nor how the program is built. */
function isSentence({ code, err }: Ended): boolean {
  if (code === 0) return true;
  return code === 1 && err !== '' && !/^\s+at /m.test(err);
}

const isAppend = ({ isValue, database }: UsedRange): boolean => isValue && database === 'appends';

/** Where the charges of an append are, and their amounts. */
function chargesIn({ events }: LoggedAppend): Map<number, string> {
  const amounts = new Map<number, string>();
  events.forEach(({ type, data }, place) => {
    if (type === 'AccountCharged') amounts.set(place, /"amount":(\d+)/.exec(data)![1]!);
  });
  return amounts;
}

function findingsOf({ out }: Ended): AuditReport['findings'] {
  return (JSON.parse(out) as AuditReport).findings;
}

/** It must name the append: its stream, and a revision of it. */
function expectFound(ended: Ended, append: LoggedAppend): void {
  expect(ended).toMatchObject({ code: 1, signal: null });
  const [found] = findingsOf(ended);
  expect(found).toMatchObject({ stream: append.stream });
  expect(found!.revision).toBeGreaterThanOrEqual(append.firstRevision);
  expect(found!.revision).toBeLessThanOrEqual(lastRevision(append));
  expect(ended.err).toContain(append.stream);
}

function flipIn(file: string, { start, bytes }: UsedRange, random: Random): void {
  const content = readFileSync(file);
  content[start + random.integer(0, bytes - 1)]! ^= 1 << random.integer(0, 7);
  writeFileSync(file, content);
}

/** As MessagePack writes a number of 32 bits, which is how a row holds it. */
function packed(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = 0xce;
  bytes.writeUInt32BE(value, 1);
  return bytes;
}
