import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import fc from 'fast-check';
import { FaultPoint, faults, type Fault } from '../spec/fault-point';
import { brokenPromises } from '../spec/ledger';
import type { Fate } from '../spec/memory-carrier';
import { World, run } from '../spec/world';

/*
 * Goal: no mix of outcomes, prices, concurrency, repeated faults and reports at any time, wrong
 * ones too, breaks a promise. Method: a row of processes over one log, each meeting one fault at
 * some call; the last one meets none.
 */

interface Scenario {
  readonly messages: readonly {
    readonly fate: Fate;
    readonly amount: number;
    readonly isSealed: boolean;
  }[];
  readonly ordersWhileRunning: boolean;
  readonly messagesMax: number;
  readonly mishaps: readonly { readonly at: number; readonly fault: Fault }[];
  /** Reports that nobody owes, while every process runs. */
  readonly noise: readonly { readonly place: number; readonly status: 'delivered' | 'failed' }[];
}

const fates: readonly Fate[] = [
  'delivered',
  'rejected',
  'undelivered',
  'flaky',
  'arriving',
  'vanishing',
];

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  messages: fc.array(
    fc.record({
      fate: fc.constantFrom(...fates),
      amount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
      isSealed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  ordersWhileRunning: fc.boolean(),
  messagesMax: fc.integer({ min: 1, max: 6 }),
  mishaps: fc.array(
    fc.record({ at: fc.integer({ min: 1, max: 80 }), fault: fc.constantFrom(...faults) }),
    { maxLength: 4 },
  ),
  noise: fc.array(
    fc.record({ place: fc.nat(11), status: fc.constantFrom('delivered', 'failed') }),
    { maxLength: 6 },
  ),
});

async function orderAll(world: World, messages: Scenario['messages']): Promise<string[]> {
  const ids: string[] = [];
  for (const { fate, amount, isSealed } of messages) {
    ids.push(await (isSealed ? world.orderSealed(fate, amount) : world.order(fate, amount)));
  }
  return ids;
}

async function makeNoise(world: World, ids: readonly string[], noise: Scenario['noise']) {
  const reports = world.reports();
  for (const { place, status } of noise) {
    const messageId = ids[place % ids.length] ?? 'nobody';
    await reports.record({ messageId, status });
  }
}

async function play(scenario: Scenario): Promise<World> {
  const { messages, ordersWhileRunning, messagesMax, mishaps, noise } = scenario;
  const world = await World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
  const ids = ordersWhileRunning ? [] : await orderAll(world, messages);
  for (const { at, fault } of mishaps) {
    const point = new FaultPoint(at, fault);
    const delivery = world.delivery({ messagesMax, checkpointMs: 0 }, point);
    await delivery.start();
    if (ids.length === 0) ids.push(...(await orderAll(world, messages)));
    const running = run(world, delivery, world.reports(point));
    await Promise.all([Promise.race([point.crashed, running]), makeNoise(world, ids, noise)]);
  }
  if (ids.length === 0) await orderAll(world, messages);
  await run(world, world.delivery({ messagesMax }));
  return world;
}

it('keeps every promise', async () => {
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    expect(await brokenPromises(await play(scenario))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 200 });
});
