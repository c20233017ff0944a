import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import type { SubAccountUpdated } from '@tollgate/domain';
import type { Row } from '@tollgate/ports';
import {
  aTeam,
  aTeamWith,
  mainAccountId,
  otherAccountId,
  specTime,
  subAccountId,
  teamId,
  type TeamHistory,
} from '@tollgate/testing';
import { RecordedEvents } from '../spec/recorded';
import { projectEvents } from './project-events';
import { accountKey, subAccountsIndex, teamKey, teamsIndex } from './read-models';

async function shown(log: RecordedEvents | TeamHistory): Promise<InMemoryReadModels> {
  const events = log instanceof RecordedEvents ? log : new RecordedEvents(teamId).team(log);
  const readModels = new InMemoryReadModels();
  await readModels.apply(projectEvents(events.all));
  return readModels;
}

const rowOf = async (log: RecordedEvents | TeamHistory, key: string): Promise<Row | undefined> =>
  (await shown(log)).get(key);

async function listed(log: RecordedEvents | TeamHistory, index: string): Promise<unknown[]> {
  const { items } = await (await shown(log)).list(index, { limit: 100 });
  return items.map(({ row, sortKey }) => [row['id'], Number(sortKey)]);
}

const account = {
  id: subAccountId,
  teamId,
  name: 'Client A',
  status: 'active',
  creditLimit: null,
  totalSpent: 0,
  held: 0,
  externalId: null,
  metadata: null,
  createdAt: specTime,
};

describe('the rows of a team', () => {
  it('given it opened, then team and main account show, with nothing yet', async () => {
    const models = await shown(aTeam());

    expect(await models.get(teamKey(teamId))).toEqual({
      id: teamId,
      name: 'Acme',
      currency: 'usd',
      mainAccountId,
      balance: 0,
      held: 0,
      createdAt: specTime,
    });
    const main = { ...account, id: mainAccountId, name: 'Acme' };
    expect(await models.get(accountKey(teamId, mainAccountId))).toEqual(main);
    expect(await listed(aTeam(), teamsIndex)).toEqual([[teamId, 1]]);
    expect(await listed(aTeam(), subAccountsIndex(teamId))).toEqual([]);
  });

  it('given money in and out, then the balance is the one after the last event', async () => {
    const history = aTeamWith(100).charged(30).charged(5).refunded(10, 5).adjusted(-20).toppedUp(7);

    expect(await rowOf(history, teamKey(teamId))).toMatchObject({ balance: 62 });
    expect(await rowOf(history, accountKey(teamId, subAccountId))).toMatchObject({
      totalSpent: 25,
    });
    expect(await rowOf(history, accountKey(teamId, mainAccountId))).toMatchObject({
      totalSpent: 0,
    });
  });

  it('given a balance forced below zero, then it shows', async () => {
    expect(await rowOf(aTeamWith(1).adjusted(-5), teamKey(teamId))).toMatchObject({ balance: -4 });
  });
});

describe('the rows of sub-accounts', () => {
  it('given one was created with everything, then all of it shows', async () => {
    const more = { creditLimit: 50, externalId: 'client-a', metadata: { tier: 'gold' } };
    const history = aTeam()
      .by({ at: specTime + 5 })
      .created(subAccountId, more);

    expect(await rowOf(history, accountKey(teamId, subAccountId))).toEqual({
      ...account,
      ...more,
      createdAt: specTime + 5,
    });
  });

  it('given several, then they are listed by place in the log, the newest first', async () => {
    const history = aTeam().created(subAccountId).created(otherAccountId);

    expect(await listed(history, subAccountsIndex(teamId))).toEqual([
      [otherAccountId, 5],
      [subAccountId, 3],
    ]);
  });

  it.each<[string, Partial<SubAccountUpdated['data']>]>([
    ['name', { name: 'Client B' }],
    ['external id', { externalId: 'b' }],
    ['metadata', { metadata: { a: 1 } }],
    ['all', { name: 'C', externalId: 'c', metadata: {} }],
  ])('given an update of %s, then nothing else changes', async (_, changes) => {
    const data = { accountId: subAccountId, ...changes };
    const history = aTeamWith(0, { metadata: { old: true } });
    history.tell({ type: 'SubAccountUpdated', data });

    const expected = { ...account, metadata: { old: true }, ...changes };
    expect(await rowOf(history, accountKey(teamId, subAccountId))).toEqual(expected);
  });

  it('given its limit was set and lifted, then it reads back as set, and as null', async () => {
    const history = aTeamWith(0).limited(40);

    expect(await rowOf(history, accountKey(teamId, subAccountId))).toMatchObject({
      creditLimit: 40,
    });
    expect(await rowOf(history.limited(null), accountKey(teamId, subAccountId))).toEqual(account);
  });

  it.each<[string, (history: TeamHistory) => TeamHistory, string]>([
    ['suspended', (history) => history.suspended(), 'suspended'],
    ['reactivated', (history) => history.suspended().reactivated(), 'active'],
    ['deactivated', (history) => history.deactivated(), 'deactivated'],
    ['reactivated after that', (history) => history.deactivated().reactivated(), 'active'],
  ])('given it was %s, then that is its status', async (_, change, status) => {
    expect(await rowOf(change(aTeamWith(0)), accountKey(teamId, subAccountId))).toEqual({
      ...account,
      status,
    });
  });
});
