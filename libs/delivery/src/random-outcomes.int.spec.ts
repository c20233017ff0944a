import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import fc from 'fast-check';
import { FaultPoint, faults, type Fault } from '../test/fault-point';
import { brokenPromises } from '../test/ledger';
import { World, run } from '../test/world';

/*
 * Goal: no mix of outcomes, prices, concurrency and repeated faults breaks a promise. Method: a
 * row of deliveries over one log, each meeting one fault at some call; the last one meets none.
 */

interface Scenario {
  readonly messages: readonly { readonly fate: string; readonly amount: number }[];
  readonly ordersWhileRunning: boolean;
  readonly messagesMax: number;
  readonly mishaps: readonly { readonly at: number; readonly fault: Fault }[];
}

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  messages: fc.array(
    fc.record({
      fate: fc.constantFrom('delivered', 'rejected', 'undelivered', 'flaky'),
      amount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  ordersWhileRunning: fc.boolean(),
  messagesMax: fc.integer({ min: 1, max: 6 }),
  mishaps: fc.array(
    fc.record({ at: fc.integer({ min: 1, max: 60 }), fault: fc.constantFrom(...faults) }),
    { maxLength: 4 },
  ),
});

async function orderAll(world: World, messages: Scenario['messages']): Promise<void> {
  for (const { fate, amount } of messages) await world.order(fate, amount);
}

async function play(scenario: Scenario): Promise<World> {
  const { messages, ordersWhileRunning, messagesMax, mishaps } = scenario;
  const world = await World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
  if (!ordersWhileRunning) await orderAll(world, messages);
  for (const [place, { at, fault }] of mishaps.entries()) {
    const point = new FaultPoint(at, fault);
    const delivery = world.delivery({ messagesMax, checkpointMs: 0 }, point);
    await delivery.start();
    if (ordersWhileRunning && place === 0) await orderAll(world, messages);
    await Promise.race([point.crashed, delivery.idle().then(() => delivery.stop())]);
  }
  if (ordersWhileRunning && mishaps.length === 0) await orderAll(world, messages);
  await run(world, world.delivery({ messagesMax }));
  return world;
}

it('keeps every promise', async () => {
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    expect(await brokenPromises(await play(scenario))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 200 });
});
