import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import { linkOf, teamStream, withLink, withoutLink } from '@tollgate/contracts';
import { teamIdOf } from '@tollgate/domain';
import { LogCorrupt, type EventToAppend } from '@tollgate/ports';
import { charge, createSubAccount, openTeam, teamId, topUp } from '@tollgate/testing';
import { Stage, digest, inShort, nextId, silent, storedAppends } from '../spec/stage';
import { teamAggregate } from './aggregates';
import { load } from './load';

type Append = EventToAppend[];
type Tamper = (appends: Append[]) => unknown;

/** Gives every append the link that fits its content, as whoever tampers with care would. */
function relink(appends: Append[]): void {
  let link = teamStream(teamId);
  for (const append of appends) {
    const last = append.pop()!;
    const bare = { ...last, metadata: withoutLink(last.metadata) };
    link = linkOf(link, [...append, bare], digest.sha256);
    append.push({ ...bare, metadata: withLink(bare.metadata, link) });
  }
}

function changed(
  append: Append,
  place: number,
  field: keyof EventToAppend,
  change: string[],
): void {
  const [from, to] = change as [string, string];
  const event = append[place]!;
  const text = event[field] as string;
  expect(text).toContain(from);
  append[place] = { ...event, [field]: text.replace(from, to) };
}

describe('given a stream that is not what was written', () => {
  let sound: Append[];

  beforeAll(async () => {
    const stage = new Stage(new InMemoryEventLog(), new InMemorySnapshots());
    await stage.send(
      openTeam({ openingBalance: 100 }, { id: nextId() }),
      createSubAccount({}, { id: nextId() }),
    );
    await stage.send(...[1, 2, 3].map((amount) => charge({ amount }, { id: nextId() })));
    await stage.send(topUp({ amount: 5 }, { id: nextId() }));
    sound = (await storedAppends(stage.events, teamId)).map((append) =>
      append.map(({ recorded: { id, type, data, metadata } }) => ({ id, type, data, metadata })),
    );
  });

  async function logOf(tamper: Tamper): Promise<InMemoryEventLog> {
    const appends = sound.map((append) => [...append]);
    tamper(appends);
    const log = new InMemoryEventLog();
    await log.append(teamStream(teamId), -1, appends.flat());
    return log;
  }

  async function expectCorrupt(_: string, tamper: Tamper, revision: number): Promise<void> {
    const events = await logOf(tamper);
    const snapshots = new InMemorySnapshots();
    const loading = load(teamId, teamAggregate, { events, snapshots, digest, log: silent });

    await expect(loading).rejects.toBeInstanceOf(LogCorrupt);
    await expect(loading).rejects.toMatchObject({ stream: teamStream(teamId), revision });
  }

  it('when nothing was changed, then it loads', async () => {
    const events = await logOf(() => undefined);
    const snapshots = new InMemorySnapshots();

    const loaded = await load(teamId, teamAggregate, { events, snapshots, digest, log: silent });
    expect(loaded.state.balance).toBe(99);
  });

  it.each<[string, Tamper, number]>([
    [
      'an amount was changed',
      (all) => changed(all[1]!, 0, 'data', ['"amount":1', '"amount":9']),
      5,
    ],
    ['a type was changed', (all) => changed(all[1]!, 0, 'type', ['Charged', 'Charmed']), 5],
    ['a command id was changed', (all) => changed(all[0]!, 0, 'metadata', ['STAGE', 'STAGG']), 4],
    ['an event was left out', (all) => all[1]!.splice(1, 1), 6],
    ['events were swapped', (all) => all[1]!.unshift(all[1]!.splice(1, 1)[0]!), 5],
    ['an append was left out', (all) => all.splice(1, 1), 5],
    ['an event was added', (all) => all[2]!.unshift(all[2]![0]!), 9],
    ['the end of the last append is missing', (all) => [all.pop(), all[1]!.pop()], 6],
  ])('when %s, then that is said, with the place', expectCorrupt);

  it.each<[string, Tamper, number]>([
    ['data is no JSON', (all) => changed(all[1]!, 1, 'data', ['{', '(']), 6],
    ['an event’s type is not known', (all) => changed(all[1]!, 1, 'type', ['ged', 'med']), 6],
    ['a balance does not add up', (all) => changed(all[1]!, 1, 'data', [':97', ':98']), 6],
  ])('when %s, and the links fit, then that is said all the same', (name, tamper, revision) =>
    expectCorrupt(name, (all) => [tamper(all), relink(all)], revision),
  );

  it('when commands come for it, then nothing is done; other teams do not notice', async () => {
    const log = await logOf((all) => changed(all[1]!, 0, 'data', ['"amount":1', '"amount":9']));
    const { head } = log;
    const stage = new Stage(log, new InMemorySnapshots());
    const other = openTeam({}, { id: nextId(), teamId: teamIdOf(nextId()) });
    const outcomes = await Promise.all([
      stage.sendOne(topUp({ amount: 1 }, { id: nextId() })),
      stage.sendOne(other),
    ]);

    expect(inShort(outcomes)).toEqual(['undecidable', 'accepted']);
    expect(log.head).toBe(head + 2);
    expect(inShort(await stage.send(topUp({ amount: 1 }, { id: nextId() })))).toEqual([
      'undecidable',
    ]);
  });
});
