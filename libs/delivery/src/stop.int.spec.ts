import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { CarrierUnavailable, type Carrier } from '@tollgate/ports';
import { brokenPromises, typesOf } from '../spec/ledger';
import { ManualTimer, soon } from '@tollgate/testing';
import { World, silent } from '../spec/world';
import { Delivery } from './delivery';
import { WorkStopped } from '@tollgate/follower';

async function newWorld(): Promise<World> {
  return World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
}

/** Says `sent` when it is told to. */
function slowCarrier(): { carrier: Carrier; send: () => void } {
  let send = (): void => undefined;
  const mayGo = new Promise<void>((resolve) => (send = resolve));
  const carrier: Carrier = {
    async *deliver({ id }) {
      await mayGo;
      yield { status: 'sent', providerMessageId: id };
      yield { status: 'delivered' };
    },
  };
  return { carrier, send };
}

describe('stop', () => {
  it('wakes what waits to be tried again', async () => {
    const world = await newWorld();
    await world.order('delivered');
    const manual = new ManualTimer();
    const carrier: Carrier = {
      deliver: () => {
        throw new CarrierUnavailable('away');
      },
    };
    const log = { ...silent, error: jest.fn() };
    const delivery = new Delivery({ ...world.ports, carrier, log }, { timer: manual.timer });
    await delivery.start();
    await soon();
    expect(delivery.messageCount).toBe(1);
    await delivery.stop();
    expect(delivery.messageCount).toBe(0);
    expect(manual.size).toBe(0);
    expect(log.error).not.toHaveBeenCalled();
  });

  it('waits until a message that is being sent is recorded', async () => {
    const world = await newWorld();
    const id = await world.order('delivered');
    const { carrier, send } = slowCarrier();
    const delivery = new Delivery({ ...world.ports, carrier });
    await delivery.start();
    await soon();
    const stopped = delivery.stop();
    await soon();
    expect(await typesOf(world, id)).toEqual([]);
    send();
    await stopped;
    expect(await typesOf(world, id)).toEqual(['MessageSent']);
  });

  it('does not wait for the end of a message that is sent', async () => {
    const world = await newWorld();
    const id = await world.order('delivered');
    world.carrier.beforeEnd = () => new Promise(() => undefined);
    const delivery = world.delivery({ timer: new ManualTimer().timer });
    await delivery.start();
    await soon();
    await delivery.stop();
    expect(await typesOf(world, id)).toEqual(['MessageSent']);
  });

  it('asks no carrier when it came before the stream was read', async () => {
    const world = await newWorld();
    await world.order('delivered');
    let read = (): void => undefined;
    const mayRead = new Promise<void>((resolve) => (read = resolve));
    const { events } = world;
    const slow = Object.assign(Object.create(events) as typeof events, {
      async *readStream(stream: string) {
        await mayRead;
        yield* events.readStream(stream);
      },
    });
    const delivery = new Delivery({ ...world.ports, events: slow });
    await delivery.start();
    await soon();
    const stopped = delivery.stop();
    read();
    await stopped;
    expect(world.carrier.calls).toEqual([]);
  });

  it('does not wait for a step that takes too long', async () => {
    const world = await newWorld();
    await world.order('delivered');
    const manual = new ManualTimer();
    const warn = jest.fn();
    const ports = { ...world.ports, ...slowCarrier(), log: { ...silent, warn } };
    const delivery = new Delivery(ports, { timer: manual.timer, stopMs: 700, checkpointMs: 9_000 });
    await delivery.start();
    await soon();
    const stopped = delivery.stop();
    await soon();
    expect(manual.delays).toContain(700);
    await manual.pass(700);
    await stopped;
    expect(warn).toHaveBeenCalledWith('stopped while steps ran', { messages: 1 });
  });

  it('saves the checkpoint', async () => {
    const world = await newWorld();
    await world.order('delivered');
    const delivery = world.delivery({ timer: new ManualTimer().timer });
    await delivery.start();
    await delivery.idle();
    expect(await world.ports.checkpoints.load('messaging')).toBe(0);
    await delivery.stop();
    expect(await world.ports.checkpoints.load('messaging')).toBeGreaterThan(0);
  });

  it('begins nothing new afterwards', async () => {
    const world = await newWorld();
    const delivery = world.delivery();
    await delivery.start();
    await Promise.all([delivery.stop(), delivery.stop()]);
    await world.order('delivered');
    await soon();
    expect(world.carrier.calls).toEqual([]);
    await expect(delivery.start()).rejects.toThrow(WorkStopped);
  });

  it('may come before or during the start', async () => {
    const world = await newWorld();
    await world.order('delivered');
    await world.delivery().stop();
    const delivery = world.delivery();
    await Promise.all([delivery.start(), delivery.stop()]);
    await soon();
    expect(world.carrier.calls).toEqual([]);
    expect(await brokenPromises(world)).toHaveLength(1);
  });
});

describe('start', () => {
  it('can be repeated, also after it failed', async () => {
    const world = await newWorld();
    await world.order('delivered');
    const { checkpoints } = world.ports;
    const load = jest.spyOn(checkpoints, 'load').mockRejectedValueOnce(new Error('away'));
    const delivery = world.delivery();
    await expect(delivery.start()).rejects.toThrow('away');
    await Promise.all([delivery.start(), delivery.start()]);
    expect(load).toHaveBeenCalledTimes(2);
    await delivery.idle();
    await delivery.stop();
    expect(await brokenPromises(world)).toEqual([]);
  });
});
