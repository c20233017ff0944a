import { refused, taken } from '../spec/memory-receiver';
import { soon } from '../spec/simulated-time';
import { World, run, senderId, webhook } from '../spec/world';
import type { WebhookDelivery } from './webhook-delivery';

const MINUTE_MS = 60_000;
const LONG_MS = 8 * 60 * MINUTE_MS;

async function started(world: World, delivery = world.delivery()): Promise<WebhookDelivery> {
  await delivery.start();
  await delivery.idle();
  return delivery;
}

describe('a webhook that its receiver did not take', () => {
  it('is sent again after 1, 5 and 15 minutes, 1 hour and 4 hours, and then given up', async () => {
    const world = await World.open();
    world.receiver.answer = () => refused;
    const metrics = {
      delivered: jest.fn(),
      failed: jest.fn(),
      postponed: jest.fn(),
      givenUp: jest.fn(),
    };
    await world.order('msg_1');
    const warn = jest.spyOn(world.ports.log, 'warn');
    const delivery = await started(world, world.delivery({ metrics, lookMs: MINUTE_MS }));
    await world.time.pass(LONG_MS);
    await delivery.stop();
    const times = world.receiver.calls.map(({ at }) => at);
    const waits = times.slice(1).map((at, index) => (at - times[index]!) / MINUTE_MS);
    expect(waits).toEqual([1, 5, 15, 60, 240]);
    expect(await world.jobs()).toEqual([]);
    expect(metrics.failed).toHaveBeenCalledTimes(6);
    expect(metrics.givenUp).toHaveBeenCalledTimes(1);
    expect(metrics.delivered).not.toHaveBeenCalled();
    expect(warn.mock.calls).toEqual([
      ['a webhook was given up', expect.objectContaining({ attempt: 6, senderId }) as unknown],
    ]);
    warn.mockRestore();
  });

  it('waits up to a tenth longer, so that not all come back at once', async () => {
    const world = await World.open();
    world.receiver.answer = () => refused;
    await world.order('msg_1');
    await run(world, world.delivery({ random: () => 0.999 }));
    const [job] = await world.jobs();
    const waitMs = job!.dueAt - world.time.now();
    expect(waitMs).toBeGreaterThan(1.09 * MINUTE_MS);
    expect(waitMs).toBeLessThanOrEqual(1.1 * MINUTE_MS);
  });

  it('is sent until it is taken, each time the same and signed at its time', async () => {
    const world = await World.open();
    world.receiver.answer = () => (world.receiver.calls.length < 4 ? refused : taken);
    await world.sealedOrder('msg_1', 'rcp_1');
    const delivery = await started(world);
    await world.time.pass(LONG_MS);
    await delivery.stop();
    const { calls } = world.receiver;
    expect(calls).toHaveLength(4);
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
    expect(new Set(calls.map(({ at }) => at)).size).toBe(4);
    expect(await world.jobs()).toEqual([]);
  });

  it('does not keep back what happens to the message later', async () => {
    const world = await World.open();
    world.receiver.answer = ({ body }) => (body.includes('message.sent') ? refused : taken);
    const order = await world.order('msg_1');
    await world.sent(order);
    await world.delivered(order);
    await run(world);
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_1 sent', 'msg_1 delivered']);
    expect(await world.jobs()).toHaveLength(1);
  });

  it('is scheduled by where its event stands, without a word of what it says', async () => {
    const world = await World.open();
    world.receiver.answer = () => refused;
    const order = await world.order('msg_1');
    await world.sent(order);
    await run(world);
    const jobs = await world.jobs();
    expect(jobs.map(({ name }) => name)).toEqual(world.receiver.told.map(({ id }) => id));
    expect(JSON.parse(jobs[1]!.detail)).toEqual({
      stream: 'message-msg_1',
      revision: 0,
      at: world.time.now(),
      attempt: 2,
    });
  });

  it('is sent after a restart as it would have been without', async () => {
    const world = await World.open();
    world.receiver.answer = () => (world.receiver.calls.length < 3 ? refused : taken);
    await world.order('msg_1');
    await run(world);
    await world.time.pass(30 * MINUTE_MS);
    await run(world);
    expect(world.receiver.calls).toHaveLength(2);
    const delivery = await started(world);
    await world.time.pass(5 * MINUTE_MS);
    await delivery.stop();
    expect(world.receiver.calls).toHaveLength(3);
    expect(await world.jobs()).toEqual([]);
  });

  it('tells no more of who was erased since', async () => {
    const world = await World.open();
    world.receiver.answer = () => refused;
    await world.sealedOrder('msg_1', 'rcp_1');
    const delivery = await started(world);
    world.sealing.erase('rcp_1');
    await world.time.pass(2 * MINUTE_MS);
    await delivery.stop();
    const { told } = world.receiver;
    expect(told.map(({ data }) => data['to'])).toEqual(['+14155551234', '']);
    expect(told[1]?.id).toBe(told[0]?.id);
  });
});

describe('a webhook that waits to be sent again', () => {
  it.each([
    ['it was taken away', (world: World) => world.updateSender({ webhook: null })],
    ['the sender was deleted', (world: World) => world.deleteSender()],
  ])('is dropped when %s', async (_why, change) => {
    const world = await World.open();
    world.receiver.answer = () => refused;
    await world.order('msg_1');
    const delivery = await started(world);
    await change(world);
    await soon();
    await world.time.pass(LONG_MS);
    await delivery.stop();
    expect(world.receiver.calls).toHaveLength(1);
    expect(await world.jobs()).toEqual([]);
  });

  it.each([{ active: false }, { events: ['message.failed'] }])(
    'is dropped when it was set to %j',
    async (given) => {
      const world = await World.open();
      world.receiver.answer = () => refused;
      await world.order('msg_1');
      const delivery = await started(world);
      await world.updateSender({ webhook: { ...webhook, ...given } });
      await soon();
      await world.time.pass(LONG_MS);
      await delivery.stop();
      expect(world.receiver.calls).toHaveLength(1);
      expect(await world.jobs()).toEqual([]);
    },
  );

  it('goes where the sender says by then, signed with the secret it has by then', async () => {
    const world = await World.open();
    world.receiver.answer = ({ url }) => (url.includes('other') ? taken : refused);
    await world.order('msg_1');
    const delivery = await started(world);
    const moved = { url: 'https://other.example.com/', secretVersion: 2 };
    await world.updateSender({ webhook: { ...webhook, ...moved } });
    await soon();
    await world.time.pass(2 * MINUTE_MS);
    await delivery.stop();
    expect(world.receiver.calls[1]).toMatchObject({
      url: moved.url,
      secret: `whsec_${senderId}_2`,
      body: world.receiver.calls[0]!.body,
    });
  });

  it('is given up when nobody can read what it was', async () => {
    const world = await World.open();
    const warn = jest.spyOn(world.ports.log, 'warn');
    for (const detail of ['{"stream":"message-msg_9","revision":0,"at":0}', 'nothing', '{}']) {
      await world.schedule.put({ name: `evt_${detail}`, dueAt: 0, detail });
    }
    const at = world.time.now();
    const detail = JSON.stringify({ stream: 'message-msg_9', revision: 7, at, attempt: 2 });
    await world.schedule.put({ name: 'evt_gone', dueAt: 0, detail });
    await run(world);
    expect(await world.jobs()).toEqual([]);
    expect(world.receiver.calls).toEqual([]);
    expect(warn).toHaveBeenCalledTimes(4);
    warn.mockRestore();
  });
});
