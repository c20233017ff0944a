import { WorkStopped } from '@tollgate/follower';
import { refused, taken } from '../spec/memory-receiver';
import { soon } from '../spec/simulated-time';
import { World, run, silent } from '../spec/world';
import { WebhookDelivery } from './webhook-delivery';

/** Answers when it is told to. */
async function heldWorld(messages: number): Promise<{ world: World; answer: () => void }> {
  const world = await World.open();
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  world.receiver.answer = () => answered.then(() => taken);
  for (let index = 0; index < messages; index += 1) await world.order(`msg_${index}`);
  return { world, answer };
}

describe('stop', () => {
  it('waits for the calls that are running, and begins no other', async () => {
    const { world, answer } = await heldWorld(25);
    const delivery = world.delivery();
    await delivery.start();
    await soon();
    const stopped = delivery.stop();
    await soon();
    answer();
    await stopped;
    expect(world.receiver.calls).toHaveLength(10);
    expect(delivery.attemptCount).toBe(0);
    expect(world.time.alarmCount).toBe(0);
    expect(await world.checkpoints.load('webhooks')).toBe(11);
  });

  it('leaves the rest to the next one', async () => {
    const { world, answer } = await heldWorld(25);
    const delivery = world.delivery();
    await delivery.start();
    await soon();
    const stopped = delivery.stop();
    answer();
    await stopped;
    await run(world);
    expect(new Set(world.receiver.told.map(({ id }) => id)).size).toBe(25);
    expect(world.receiver.calls).toHaveLength(25);
  });

  it('does not wait for a receiver that takes too long', async () => {
    const { world } = await heldWorld(1);
    const warn = jest.fn();
    const ports = { ...world.ports, log: { ...silent, warn } };
    const delivery = new WebhookDelivery(ports, { timer: world.time.timer, stopMs: 700 });
    await delivery.start();
    await soon();
    const stopped = delivery.stop();
    await world.time.pass(700);
    await stopped;
    expect(warn).toHaveBeenCalledWith('stopped while webhooks were sent', { attempts: 1 });
    expect(await world.checkpoints.load('webhooks')).toBe(1);
  });

  it('wakes what waits for a schedule that is away', async () => {
    const world = await World.open();
    world.receiver.answer = () => refused;
    jest.spyOn(world.schedule, 'put').mockRejectedValue(new Error('disk full'));
    await world.order('msg_1');
    const delivery = world.delivery();
    await delivery.start();
    await soon();
    await delivery.stop();
    expect(delivery.attemptCount).toBe(0);
    expect(world.time.alarmCount).toBe(0);
    expect(await world.checkpoints.load('webhooks')).toBe(1);
  });

  it('begins nothing afterwards', async () => {
    const world = await World.open();
    const delivery = world.delivery();
    await delivery.start();
    await Promise.all([delivery.stop(), delivery.stop()]);
    await world.order('msg_1');
    await world.time.pass(60_000);
    expect(world.receiver.calls).toEqual([]);
    await expect(delivery.start()).rejects.toThrow(WorkStopped);
  });

  it('may come before or during the start', async () => {
    const world = await World.open();
    await world.order('msg_1');
    await world.delivery().stop();
    const delivery = world.delivery();
    await Promise.all([delivery.start(), delivery.stop()]);
    await soon();
    expect(world.receiver.calls).toEqual([]);
    expect(world.time.alarmCount).toBe(0);
  });
});

describe('start', () => {
  it('can be repeated, also after it failed', async () => {
    const world = await World.open();
    await world.order('msg_1');
    const load = jest.spyOn(world.checkpoints, 'load').mockRejectedValueOnce(new Error('away'));
    const delivery = world.delivery();
    await expect(delivery.start()).rejects.toThrow('away');
    await Promise.all([delivery.start(), delivery.start()]);
    expect(load).toHaveBeenCalledTimes(2);
    await delivery.idle();
    await delivery.stop();
    expect(world.receiver.story).toEqual(['msg_1 queued']);
  });
});
