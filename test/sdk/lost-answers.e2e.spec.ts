import { System, type Team } from '../e2e/support/system';
import { clientOf, stageOn } from './support/clients';
import { LossyProxy, type Loss } from './support/lossy-proxy';

jest.setTimeout(180_000);

const near = { to: '+14155550123', text: 'Your code is 1234.' };
const losses: readonly Loss[] = ['before the request arrives', 'after the answer was given'];

/** Every way in which the client's two retries may follow a lost request. */
const plans: readonly (readonly Loss[])[] = [
  ...losses.map((loss) => [loss]),
  ...losses.flatMap((first) => losses.map((second) => [first, second])),
];

describe('an answer that is lost on the way', () => {
  let system: System;
  let proxy: LossyProxy;

  beforeAll(async () => {
    system = await System.start();
    proxy = await LossyProxy.to(system.server.url);
  });

  afterAll(async () => {
    await proxy.close();
    await system.end();
  });

  async function lossy(): Promise<{ team: Team; main: ReturnType<typeof clientOf> }> {
    const { team } = await stageOn(system);
    return { team, main: clientOf(proxy.url, team.main.api.key) };
  }

  /** Every answer that was given, lost ones included, is the same. */
  function expectOneAnswer(got: unknown): void {
    for (const body of proxy.lost) expect(JSON.parse(body)).toEqual(got);
  }

  it.each(plans)('makes one sub-account, with one key: %s %s', async (...plan) => {
    const { main } = await lossy();
    proxy.lose(plan.filter(Boolean));
    const created = await main.subAccounts.create({ name: 'A', creditLimit: 100 });

    expect(proxy.retryCounts).toEqual(['0', '1', '2'].slice(0, plan.filter(Boolean).length + 1));
    expectOneAnswer(created);
    expect((await main.subAccounts.list()).items).toHaveLength(1);
    const own = clientOf(system.server.url, created.subAccount.apiKey!);
    expect((await own.me.retrieve()).project.id).toBe(created.subAccount.id);
  });

  it.each(plans)('issues one key: %s %s', async (...plan) => {
    const { main } = await lossy();
    const { id } = (await main.subAccounts.create({ name: 'A' })).subAccount;
    proxy.lose(plan.filter(Boolean));
    const issued = await main.subAccounts.apiKeys.create(id, { name: 'second' });

    expectOneAnswer(issued);
    expect((await main.subAccounts.apiKeys.list(id)).items).toHaveLength(2);
  });

  it.each(plans)('charges one message, without an idempotency key: %s %s', async (...plan) => {
    const { main, team } = await lossy();
    proxy.lose(plan.filter(Boolean));
    const sent = await main.messages.send(near);

    expectOneAnswer(sent);
    expect((await main.messages.list()).items).toHaveLength(1);
    expect((await system.team(team)).balanceMicros).toBe(50_000_000 - 7_500);
  });

  it.each(plans)('charges one message, with an idempotency key: %s %s', async (...plan) => {
    const { main, team } = await lossy();
    proxy.lose(plan.filter(Boolean));
    const sent = await main.messages.send({ ...near, idempotencyKey: 'order-7' });

    expectOneAnswer(sent);
    expect((await system.team(team)).balanceMicros).toBe(50_000_000 - 7_500);
  });

  it('of a deactivation is given again: the number of keys of the first time', async () => {
    const { main } = await lossy();
    const { id } = (await main.subAccounts.create({ name: 'A' })).subAccount;
    proxy.lose(['after the answer was given']);
    expect(await main.subAccounts.deactivate(id)).toMatchObject({ keysRevoked: 1 });
  });

  it('is given again by a system that was killed in between', async () => {
    const { main, team } = await lossy();
    const restart = async (): Promise<void> => {
      await system.server.kill();
      await system.server.start();
    };
    proxy.lose(['after the answer was given'], restart);
    const created = await main.subAccounts.create({ name: 'A' });
    expectOneAnswer(created);
    expect((await main.subAccounts.list()).items).toHaveLength(1);

    proxy.lose(['after the answer was given'], restart);
    const sent = await main.messages.send(near);
    expectOneAnswer(sent);
    expect((await system.team(team)).balanceMicros).toBe(50_000_000 - 7_500);
  });

  it('is not what a deliberate second request gets', async () => {
    const { main } = await lossy();
    proxy.lose([]);
    const first = await main.subAccounts.create({ name: 'A' });
    const second = await main.subAccounts.create({ name: 'A' });
    expect(second.subAccount.id).not.toBe(first.subAccount.id);
    await main.messages.send(near);
    await main.messages.send(near);
    expect((await main.messages.list()).items).toHaveLength(2);
  });
});
