import { InMemoryCheckpoints } from '@tollgate/adapter-in-memory';
import { refused } from '../spec/memory-receiver';
import { World, run } from '../spec/world';
import { AGE_MS_MAX } from './retry-plan';
import { WebhookDelivery } from './webhook-delivery';

const HOUR_MS = 60 * 60_000;

describe('what happened too long ago', () => {
  it('is not told when a lost checkpoint brings it back', async () => {
    const world = await World.open();
    await world.order('msg_old');
    await run(world);
    await world.time.pass(AGE_MS_MAX + 1);
    await world.order('msg_new');
    const ports = { ...world.ports, checkpoints: new InMemoryCheckpoints() };
    await run(world, new WebhookDelivery(ports, { timer: world.time.timer }));
    expect(world.receiver.story).toEqual(['msg_old queued', 'msg_new queued']);
    expect(await ports.checkpoints.load('webhooks')).toBe(3);
  });

  it('is not told when nobody told it in time', async () => {
    const world = await World.open();
    await world.order('msg_1');
    await world.time.pass(AGE_MS_MAX + 1);
    await run(world);
    expect(world.receiver.calls).toEqual([]);
    expect(await world.jobs()).toEqual([]);
  });

  it('is told as long as it may be', async () => {
    const world = await World.open();
    await world.order('msg_1');
    await world.time.pass(AGE_MS_MAX);
    await run(world);
    expect(world.receiver.story).toEqual(['msg_1 queued']);
  });

  it('is given up when it waited on the schedule for too long', async () => {
    const world = await World.open();
    world.receiver.answer = () => refused;
    await world.order('msg_1');
    await run(world);
    await world.time.pass(7 * HOUR_MS);
    const givenUp = jest.fn();
    const nothing = (): void => undefined;
    const metrics = { delivered: nothing, failed: nothing, postponed: nothing, givenUp };
    await run(world, world.delivery({ metrics }));
    expect(world.receiver.calls).toHaveLength(1);
    expect(givenUp).toHaveBeenCalledTimes(1);
    expect(await world.jobs()).toEqual([]);
  });
});
