import { setTimeout as delay } from 'node:timers/promises';
import { connectRedis, type RedisConnection } from '@tollgate/adapter-redis';
import type { TeamAsOf } from '@tollgate/audit';
import { messageKey, teamKey } from '@tollgate/projections';
import { DevstoreProcess, DistributedSystem, freePort } from '@tollgate/testing';
import type { ChargeAnswer, KeyAnswer, MessageAnswer, TeamAnswer } from '../e2e/support/answers';
import { Api } from '../e2e/support/api';
import { cli, type Ended } from '../e2e/support/run';

const CHARGES = '/billing/v1/charges';
const PASSWORD = 'geheim-of-a-test';

jest.setTimeout(300_000);

describe('audits of the distributed system', () => {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let system: DistributedSystem;
  let redis: RedisConnection;
  let team: TeamAnswer;
  let operator: Api;
  let main: Api;
  let sent: MessageAnswer;

  beforeAll(async () => {
    system = await DistributedSystem.start();
    redis = connectRedis({ url: system.backends.redis.url, log: silent });
    await openTeam();
    await spend();
  });

  afterAll(async () => {
    operator?.close();
    redis?.close();
    await system?.remove();
  });

  async function openTeam(): Promise<void> {
    operator = new Api(system.url, system.operatorKey);
    const opened = await operator.expect(
      201,
      operator.post<{ team: TeamAnswer; apiKey: KeyAnswer }>('/operator/v1/teams', {
        name: 'Acme',
        openingBalance: 10_000,
      }),
    );
    team = opened.team;
    main = operator.as(opened.apiKey.key);
  }

  /** Three charges of which one is given back, and a message that arrives. */
  async function spend(): Promise<void> {
    const charges: ChargeAnswer[] = [];
    for (const amount of [1, 2, 300]) {
      const answer = main.post<{ charge: ChargeAnswer }>(CHARGES, { amount });
      charges.push((await main.expect(201, answer)).charge);
    }
    await main.expect(201, main.post(`${CHARGES}/${charges[2]!.id}/refunds`));
    const sending = main.post<{ message: MessageAnswer }>('/v1/messages', {
      to: '+14155550123',
      text: 'Your table is ready',
    });
    sent = (await main.expect(202, sending)).message;
    while ((await statusOf(sent)) !== 'delivered') await delay(50);
  }

  async function statusOf({ id }: MessageAnswer): Promise<string> {
    const answer = await main.get<{ message: MessageAnswer }>(`/v1/messages/${id}`);
    return answer.body.message.status;
  }

  const eventStore = (): string[] => [
    '--eventstoredb',
    system.backends.eventStore.connectionString,
  ];
  const both = (): string[] => [...eventStore(), '--redis', system.backends.redis.url];
  const verify = (...args: readonly string[]): Promise<Ended> => cli(['audit', 'verify', ...args]);
  const replay = (teamId: string, ...args: readonly string[]): Promise<Ended> =>
    cli(['audit', 'replay', '--team', teamId, '--at', new Date().toISOString(), ...args]);

  it('find that every number follows from the log', async () => {
    const { code, out, err } = await verify(...both());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^charges +4\nrefunds +1\n/m);
    expect(out).toContain('Every number follows from the log.');
  });

  it('find no differences in what goes on meanwhile', async () => {
    let isOver = false;
    const spending = Array.from({ length: 4 }, async () => {
      while (!isOver) await main.expect(201, main.post(CHARGES, { amount: 0.1 }));
    });
    const ended = await Promise.all([verify(...both()), verify(...both(), '--json')]);
    isOver = true;
    await Promise.all(spending);
    expect(ended.map(({ code, err }) => ({ code, err }))).toEqual([
      { code: 0, err: '' },
      { code: 0, err: '' },
    ]);
  });

  it('take the addresses from the environment', async () => {
    const { code, out } = await cli(['audit', 'verify', '--json'], {
      TOLLGATE_EVENTSTOREDB: system.backends.eventStore.connectionString,
      TOLLGATE_REDIS: system.backends.redis.url,
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ isSound: true, readModelsCompared: true });
  });

  it('leave out the read models when nobody says where they are, and say so', async () => {
    const { code, out } = await verify(...eventStore());
    expect(code).toBe(0);
    expect(out).toMatch(/\nread models +not compared/);
    expect(out).toContain('The log is sound.');
  });

  it('replay the numbers of a team', async () => {
    const { code, out, err } = await replay(team.id, ...eventStore(), '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { body } = await operator.get<{ team: TeamAnswer }>(`/operator/v1/teams/${team.id}`);
    const { balance, refunds } = JSON.parse(out) as TeamAsOf;
    expect([balance.micros, refunds]).toEqual([body.team.balanceMicros, 1]);
  });

  it('know no team that is not there', async () => {
    const { code, out, err } = await replay('tm_none', ...eventStore());
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^error: there was no team tm_none at \S+\n$/);
  });

  it('say in a sentence which store is away or denies access, and no password', async () => {
    const away = `127.0.0.1:${await freePort()}`;
    const locked = await DevstoreProcess.create({
      DEVSTORE_USER: 'admin',
      DEVSTORE_PASSWORD: `${PASSWORD}-other`,
    });
    await locked.start();
    const lockedAt = locked.connectionString.replace('://', `://admin:${PASSWORD}@`);
    const cases: readonly (readonly [RegExp, readonly string[]])[] = [
      [
        new RegExp(`^error: the event store at esdb://${away} can't be read: connect ECONN`),
        ['--eventstoredb', `esdb://admin:${PASSWORD}@${away}?tls=false`],
      ],
      [/^error: the event store at esdb:\S+ denies access\n/, ['--eventstoredb', lockedAt]],
      [
        new RegExp(`^error: the read models at redis://${away} can't be read: connect ECONN`),
        [...eventStore(), '--redis', `redis://:${PASSWORD}@${away}`],
      ],
      [/can not be read/, ['--eventstoredb', `esdb://admin:${PASSWORD}@h?tls=${PASSWORD}`]],
    ];
    const ended = await Promise.all(cases.map(([, args]) => verify(...args)));
    for (const [place, { code, out, err }] of ended.entries()) {
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(cases[place]![0]);
      expect(err).not.toMatch(new RegExp(`^\\s+at |${PASSWORD}`, 'm'));
    }
    await locked.remove();
  });

  describe('of a system whose services have stopped', () => {
    let rows: (key: string) => string;

    beforeAll(async () => {
      for (const service of [...system.services].reverse()) await service.stop();
      const served = await redis.send((client) => client.get('tollgate:serving'));
      const { namespace } = JSON.parse(served!) as { namespace: string };
      rows = (key) => `tollgate:${namespace}:row:${key}`;
    });

    it('find everything in place', async () => {
      expect(await verify(...both())).toMatchObject({ code: 0, err: '' });
    });

    it('name rows that somebody changed, or put something else in the place of', async () => {
      const key = teamKey(team.id);
      const replaced = rows(messageKey(team.id, sent.id));
      await redis.send((client) => client.hset(rows(key), 'balance', '1'));
      await redis.send((client) => client.del(replaced));
      await redis.send((client) => client.set(replaced, 'nothing'));
      const { code, out, err } = await verify(...both());
      expect(code).toBe(1);
      expect(err).toMatch(/^error: the first difference is in \S+ at revision \d+: read_model_mis/);
      expect(out).toMatch(/\ndifferences +2\n/);
      expect(out).toContain(`balance of ${key} is 1, not `);
      expect(out).toMatch(new RegExp(`message-${sent.id} .* can't be read: WRONGTYPE`));
    });

    it('say when no read models are served', async () => {
      await redis.send((client) => client.flushall());
      const { code, err } = await verify(...both());
      expect(code).toBe(1);
      expect(err).toMatch(
        /^error: the read models at redis:\S+ can't be read: .*none are served\n/,
      );
    });

    it('say when Redis wants a password', async () => {
      await redis.send((client) => client.config('SET', 'requirepass', PASSWORD));
      const { code, err } = await verify(...both());
      expect(code).toBe(1);
      expect(err).toMatch(/^error: the read models at redis:\S+ can't be read: .*NOAUTH/);
    });
  });
});
