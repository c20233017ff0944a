import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { LogUnavailable, ReadModelsUnavailable } from '@tollgate/ports';
import { refused } from '../spec/memory-receiver';
import { soon } from '../spec/simulated-time';
import { World, run, silent } from '../spec/world';
import { WebhookDelivery } from './webhook-delivery';

const MINUTE_MS = 60_000;

/* What is away costs a minute, and none of the attempts that a receiver has. */

describe('a webhook', () => {
  it('is sent once the key of its recipient can be had', async () => {
    const world = await World.open();
    await world.sealedOrder('msg_1', 'rcp_1');
    world.sealing.isAway = true;
    const delivery = world.delivery();
    await delivery.start();
    await delivery.idle();
    expect(world.receiver.calls).toEqual([]);
    world.sealing.isAway = false;
    await world.time.pass(2 * MINUTE_MS);
    await delivery.stop();
    expect(world.receiver.told.map(({ data }) => data['to'])).toEqual(['+14155551234']);
    expect(await world.jobs()).toEqual([]);
  });

  it('is sent once the read models can be had', async () => {
    const world = await World.open();
    await world.order('msg_1');
    const get = jest.spyOn(world.readModels, 'get');
    get.mockRejectedValueOnce(new ReadModelsUnavailable('away'));
    const delivery = world.delivery();
    await delivery.start();
    await delivery.idle();
    expect(world.receiver.calls).toEqual([]);
    await world.time.pass(2 * MINUTE_MS);
    await delivery.stop();
    expect(world.receiver.story).toEqual(['msg_1 queued']);
  });

  it('is sent once the log can be read', async () => {
    const world = await World.open();
    const order = await world.order('msg_1');
    await run(world);
    await world.sent(order);
    let isAway = true;
    const readStream: typeof world.events.readStream = (stream, from) => {
      if (isAway) throw new LogUnavailable('away');
      return world.events.readStream(stream, from);
    };
    const events = Object.assign(Object.create(world.events) as typeof world.events, {
      readStream,
    });
    const { timer } = world.time;
    const delivery = new WebhookDelivery({ ...world.ports, events }, { timer, random: () => 0 });
    await delivery.start();
    await delivery.idle();
    await world.time.pass(3 * MINUTE_MS);
    expect(world.receiver.story).toEqual(['msg_1 queued']);
    isAway = false;
    await world.time.pass(2 * MINUTE_MS);
    await delivery.stop();
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_1 sent']);
    expect(await world.jobs()).toEqual([]);
  });

  it('is not missed because its sender is not shown yet', async () => {
    const world = await World.open();
    await world.order('msg_1');
    await run(world);
    const calls = world.receiver.calls.length;
    // Read models that begin anew, as after a start, and show nothing for a while.
    const readModels = new InMemoryReadModels();
    await world.order('msg_2');
    const { timer } = world.time;
    const ports = { ...world.ports, readModels };
    const delivery = new WebhookDelivery(ports, { timer, random: () => 0, shownMs: 20 });
    await delivery.start();
    await delivery.idle();
    expect(world.receiver.calls).toHaveLength(calls);
    await world.showIn(readModels);
    await world.time.pass(2 * MINUTE_MS);
    await delivery.stop();
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_2 queued']);
  });

  it('is not passed over while the schedule is away', async () => {
    const world = await World.open();
    world.receiver.answer = () => refused;
    await world.order('msg_1');
    const warn = jest.fn();
    let isAway = true;
    const schedule = Object.assign(Object.create(world.schedule) as typeof world.schedule, {
      put: async (job: Parameters<typeof world.schedule.put>[0]) => {
        if (isAway) throw new Error('disk full');
        await world.schedule.put(job);
      },
    });
    const { timer } = world.time;
    const ports = { ...world.ports, schedule, log: { ...silent, warn } };
    const delivery = new WebhookDelivery(ports, { timer, checkpointMs: 0 });
    await delivery.start();
    await world.time.pass(5_000);
    expect(world.receiver.calls).toHaveLength(1);
    expect(await world.checkpoints.load('webhooks')).toBe(1);
    expect(warn.mock.calls.length).toBeGreaterThan(2);
    isAway = false;
    await world.time.pass(5_000);
    expect(await world.jobs()).toHaveLength(1);
    expect(await world.checkpoints.load('webhooks')).toBe(2);
    await delivery.stop();
  });

  it('is dropped when the log has no such charge, and that is told', async () => {
    const world = await World.open();
    const order = await world.order('msg_1');
    await world.sent({ ...order, messageId: 'msg_2', chargeId: 'chg_unknown' });
    await world.sent({ ...order, messageId: 'msg_3' });
    const error = jest.fn();
    const ports = { ...world.ports, log: { ...silent, error } };
    await run(world, new WebhookDelivery(ports, { timer: world.time.timer }));
    await soon();
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_3 sent']);
    expect(error).toHaveBeenCalledTimes(1);
  });
});
