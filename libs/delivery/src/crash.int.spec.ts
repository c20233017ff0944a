import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { FaultPoint, faults, type Fault } from '../spec/fault-point';
import { brokenPromises } from '../spec/ledger';
import { World, run } from '../spec/world';

/*
 * Goal: whatever goes wrong between any two steps, each message is delivered once or refunded
 * once. Method: count the calls that a delivery makes to the outside, then run it again once for
 * every call and every fault, start a second delivery on what the first one left, and check. The
 * carrier's reports are taken by the same process, and sent again when they were not confirmed.
 */

const fates = ['delivered', 'rejected', 'undelivered', 'flaky', 'arriving', 'vanishing'];

async function newWorld(): Promise<World> {
  const world = await World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
  for (const fate of fates) await world.order(fate);
  await world.order('undelivered', 0);
  await world.orderSealed('vanishing');
  return world;
}

async function runWith(world: World, point: FaultPoint, messagesMax: number): Promise<void> {
  const broken = world.delivery({ messagesMax, checkpointMs: 0 }, point);
  await Promise.race([point.crashed, run(world, broken, world.reports(point))]);
  await run(world);
}

async function callsOf(messagesMax: number): Promise<number> {
  const point = new FaultPoint(Number.POSITIVE_INFINITY);
  await runWith(await newWorld(), point, messagesMax);
  return point.calls;
}

describe.each([1, 2, 100])('with %d message(s) at once', (messagesMax) => {
  it.each(faults)('%s: no call makes a difference', async (fault: Fault) => {
    const calls = await callsOf(messagesMax);
    expect(calls).toBeGreaterThan(20);
    for (let at = 1; at <= calls; at += 1) {
      const world = await newWorld();
      await runWith(world, new FaultPoint(at, fault), messagesMax);
      const broken = await brokenPromises(world);
      expect({ at, broken }).toEqual({ at, broken: [] });
    }
  });
});
