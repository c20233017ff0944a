import { setTimeout as delay } from 'node:timers/promises';
import { describeWithStack, listens, type StackProcess } from '@tollgate/testing';
import { Api } from '../e2e/support/api';
import { Folders } from '../e2e/support/folders';
import { runApp } from '../e2e/support/run';

jest.setTimeout(240_000);

const GONE_MS_MAX = 10_000;

interface Opened {
  readonly team: { readonly id: string };
  readonly apiKey: { readonly key: string };
}

interface Numbers {
  readonly balance: number;
  readonly totalSpent: number;
}

async function isGone({ ports }: StackProcess): Promise<boolean> {
  for (const deadline = Date.now() + GONE_MS_MAX; Date.now() < deadline; await delay(50)) {
    const listening = await Promise.all(Object.values(ports).map((port) => listens(port)));
    if (!listening.includes(true)) return true;
  }
  return false;
}

describeWithStack('npm run stack', (stack) => {
  const folders = new Folders();
  let team: Api;

  const numbers = async (): Promise<Numbers> => (await team.get<Numbers>('/v1/balance')).body;

  /** A read model follows a moment later when nobody waits for its revision. */
  async function untilShown(wanted: Numbers): Promise<void> {
    for (let look = 0; look < 100 && (await numbers()).balance !== wanted.balance; look += 1) {
      await delay(50);
    }
    expect(await numbers()).toEqual(wanted);
  }

  beforeAll(async () => {
    const operator = new Api(stack().url, stack().operatorKey);
    const opening = { name: 'Acme', openingBalance: 5_000 };
    const { apiKey } = (await operator.post<Opened>('/operator/v1/teams', opening)).body;
    team = operator.as(apiKey.key);
  });

  afterAll(async () => {
    team.close();
    await folders.remove();
  });

  it('serves a charge', async () => {
    expect(await team.post('/billing/v1/charges', { amount: 120 })).toMatchObject({ status: 201 });
    expect(await numbers()).toMatchObject({ balance: 4_880 });
  });

  it('refuses a second start on its folder, and one on its port', async () => {
    const sameFolder = await runApp('stack', { env: { TOLLGATE_STACK_DIR: stack().folder } });
    expect(sameFolder).toMatchObject({ code: 1, out: '' });
    expect(sameFolder.err).toMatch(/is in use by process \d+/);
    const { gateway } = stack().ports;
    const env = { TOLLGATE_STACK_DIR: await folders.empty(), TOLLGATE_PORT: String(gateway) };
    const samePort = await runApp('stack', { env });
    expect(samePort).toMatchObject({ code: 1, out: '' });
    expect(samePort.err).toContain(`port ${gateway} is taken; set TOLLGATE_PORT`);
  });

  it('stops in order, and starts again with the same numbers', async () => {
    const before = await numbers();
    expect(await stack().stop()).toBe(0);
    expect(await isGone(stack())).toBe(true);
    await stack().start();
    await untilShown(before);
  });

  it('leaves nothing running when it is killed, and loses nothing', async () => {
    await team.post('/billing/v1/charges', { amount: 80 });
    const before = await numbers();
    await stack().kill();
    expect(await isGone(stack())).toBe(true);
    await stack().start();
    await untilShown(before);
  });
});
