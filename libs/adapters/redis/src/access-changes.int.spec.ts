import { setTimeout as delay } from 'node:timers/promises';
import { describeWithRedis } from '@tollgate/testing';
import { connectTo, readModelsOn } from '../test/connections';
import { TeamEntries } from '../test/entries';
import { AccessChanges, type RedisConnection, type RedisReadModels } from '.';

const LATE_MS = 1_000;

describeWithRedis('changes of access', (redis) => {
  let gateway: RedisConnection;
  let projection: RedisConnection;
  let readModels: RedisReadModels;
  let team: TeamEntries;
  let changed: string[];
  let missed: number;
  let unsubscribe: () => void;

  beforeEach(async () => {
    [gateway, projection] = [connectTo({ url: redis().url }), connectTo({ url: redis().url })];
    team = new TeamEntries();
    readModels = readModelsOn(projection, { announce: (key) => key.includes('/api-key/') });
    [changed, missed] = [[], 0];
    unsubscribe = AccessChanges.subscribe(gateway, {
      onChanged: (key) => changed.push(key),
      onMissed: () => (missed += 1),
    });
    await until(() => missed === 1);
  });

  afterEach(() => {
    unsubscribe();
    gateway.close();
    projection.close();
  });

  it('given rows of keys, when they change, then the listener hears which', async () => {
    await readModels.apply([
      team.next(team.put('api-key/k1', {}), team.put('message/m1', {})),
      team.next({ kind: 'merge', key: team.key('api-key/k2'), fields: { revokedAt: 1 } }),
    ]);
    await until(() => ours().length === 2);

    expect(ours()).toEqual([team.key('api-key/k1'), team.key('api-key/k2')]);
  });

  it('given it hears of a change, when it reads the row, then the changed one', async () => {
    await readModels.apply([team.next(team.put('api-key/k1', { revokedAt: 1 }))]);
    await until(() => ours().length === 1);

    expect(await readModels.get(ours()[0]!)).toEqual({ revokedAt: 1 });
  });

  it('given an entry that was applied before, when it comes again, then no news', async () => {
    const entry = team.next(team.put('api-key/k1', {}));
    await readModels.apply([entry]);
    await readModels.apply([entry, team.next(team.put('api-key/k2', {}))]);
    await until(() => ours().length >= 2);

    expect(ours()).toEqual([team.key('api-key/k1'), team.key('api-key/k2')]);
  });

  it('given the connection is lost, when it is back, then it says so', async () => {
    await projection.send((client) => client.client('KILL', 'TYPE', 'pubsub'));
    await until(() => missed === 2);
    await readModels.apply([team.next(team.put('api-key/k1', {}))]);
    await until(() => ours().length === 1);
  });

  /** The channel may be shared with other tests. */
  function ours(): string[] {
    return changed.filter((key) => key.startsWith(team.key('')));
  }
});

async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + LATE_MS; !isSo(); await delay(5)) {
    if (Date.now() > deadline) throw new Error(`it did not happen within ${LATE_MS} ms`);
  }
}
