import { createServer, type AddressInfo, type Server } from 'node:net';
import { settlePorts } from './ports';

describe('the ports of a stack', () => {
  let holder: Server;
  let taken: number;

  beforeEach(async () => {
    holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    taken = (holder.address() as AddressInfo).port;
  });

  afterEach(() => new Promise((resolve) => holder.close(resolve)));

  const wanted = (number: number, isFixed: boolean) => ({
    redis: { variable: 'REDIS_PORT', number, isFixed },
  });

  it('are others, and said to be, where a default is taken', async () => {
    const { ports, notes } = await settlePorts(wanted(taken, false));
    expect(ports.redis).not.toBe(taken);
    expect(notes).toEqual([`redis: port ${taken} is taken, so it is on ${ports.redis}`]);
  });

  it('are not made up where the one that was chosen is taken', async () => {
    const settled = settlePorts(wanted(taken, true));
    await expect(settled).rejects.toThrow(`redis: port ${taken} is taken; set REDIS_PORT`);
  });

  it('are waited for while somebody who was killed lets go of them', async () => {
    setTimeout(() => holder.close(), 300);
    expect(await settlePorts(wanted(taken, true))).toEqual({ ports: { redis: taken }, notes: [] });
    holder = createServer().listen(0);
  });

  it('are any free ones from 0, which is not worth a word', async () => {
    const { ports, notes } = await settlePorts(wanted(0, true));
    expect(ports.redis).toBeGreaterThan(0);
    expect(notes).toEqual([]);
  });
});
