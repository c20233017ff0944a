import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { brokenPromises } from '../spec/ledger';
import { soon } from '@tollgate/testing';
import { World, run } from '../spec/world';

/** The carrier tells no end until it is opened. */
async function heldWorld(messages: number): Promise<{ world: World; open: () => void }> {
  const world = await World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  world.carrier.beforeEnd = () => opened;
  for (let count = 0; count < messages; count += 1) await world.order('delivered');
  return { world, open };
}

describe('back-pressure', () => {
  it('takes up no more messages than it may', async () => {
    const { world, open } = await heldWorld(10);
    const delivery = world.delivery({ messagesMax: 3 });
    await delivery.start();
    await soon();
    expect(delivery.messageCount).toBe(3);
    expect(world.carrier.current).toBe(3);
    open();
    await delivery.idle();
    expect(world.carrier.highest).toBe(3);
    expect(await brokenPromises(world)).toEqual([]);
    await delivery.stop();
  });

  it('reads the log no further while it is full', async () => {
    const { world, open } = await heldWorld(10);
    const { events } = world;
    let handling = 0;
    const subscribe: typeof events.subscribe = (after, handle) =>
      events.subscribe(after, async (batch) => {
        handling += 1;
        await handle(batch);
        handling -= 1;
      });
    const watched = Object.assign(Object.create(events) as typeof events, { subscribe });
    Object.assign(world.ports, { events: watched });
    const delivery = world.delivery({ messagesMax: 3 });
    await delivery.start();
    await soon();
    expect(handling).toBe(1);
    open();
    await delivery.idle();
    expect(handling).toBe(0);
    await delivery.stop();
  });

  it('keeps the checkpoint below the oldest message that is unfinished', async () => {
    const { world, open } = await heldWorld(0);
    const oldest = await world.order('delivered');
    for (let count = 0; count < 5; count += 1) await world.order('rejected');
    const held = world.carrier.beforeEnd;
    world.carrier.beforeEnd = async (id) => (id === oldest ? held(id) : undefined);
    const delivery = world.delivery({ checkpointMs: 0 });
    await delivery.start();
    await soon();
    expect(delivery.messageCount).toBe(1);
    const below = await world.ports.checkpoints.load('messaging');
    open();
    await delivery.idle();
    await delivery.stop();
    const charges = await positionsOfCharges(world);
    expect(below).toBe(charges[0]! - 1);
    expect(await world.ports.checkpoints.load('messaging')).toBeGreaterThan(charges[5]!);
  });

  it('stops at once while it is full, and the next one does the rest', async () => {
    const { world, open } = await heldWorld(10);
    const read = jest.spyOn(world.events, 'readStream');
    const first = world.delivery({ messagesMax: 3 });
    await first.start();
    await soon();
    await first.stop();
    expect(read).toHaveBeenCalledTimes(3);
    open();
    await run(world);
    expect(await brokenPromises(world)).toEqual([]);
  });
});

async function positionsOfCharges(world: World): Promise<readonly number[]> {
  const positions: number[] = [];
  for await (const batch of world.events.readAll()) {
    const charges = batch.filter(({ type }) => type === 'AccountCharged');
    positions.push(...charges.map(({ position }) => position));
  }
  return positions;
}
