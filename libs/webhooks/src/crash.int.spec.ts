import { FaultPoint, faults, type Fault } from '../spec/fault-point';
import { refused, taken, toldIn } from '../spec/memory-receiver';
import { soon } from '../spec/simulated-time';
import { World } from '../spec/world';
import type { WebhookDelivery } from './webhook-delivery';

/*
 * Goal: whatever goes wrong between any two steps, each event is taken by its receiver in the end.
 * Method: count the calls that a delivery makes to the outside, then run it again once for every
 * call and every fault, go on with a second delivery on what the first one left, and look at what
 * the receiver took. It refuses everything at first, and some of it twice.
 */

const MINUTE_MS = 60_000;
/** Long enough for checkpoints to be saved meanwhile. */
const ANSWER_MS = 2_000;
const expected = ['msg_1 queued', 'msg_1 sent', 'msg_1 delivered', 'msg_2 queued', 'msg_2 failed'];

async function newWorld(): Promise<World> {
  const world = await World.open();
  const refusals = new Map<string, number>();
  world.receiver.answer = (call) => {
    const { id, type } = toldIn(call);
    const before = refusals.get(id) ?? 0;
    refusals.set(id, before + 1);
    const answer = before < (type === 'message.sent' ? 2 : 1) ? refused : taken;
    return new Promise((resolve) => world.time.timer(ANSWER_MS, () => resolve(answer)));
  };
  return world;
}

/** The events of two messages, some of them while the delivery runs. */
async function runWith(world: World, point: FaultPoint): Promise<void> {
  const first = world.delivery({ checkpointMs: 500 }, point);
  const one = await world.order('msg_1');
  await world.sent(one);
  await first.start();
  await world.time.pass(MINUTE_MS);
  const two = await world.sealedOrder('msg_2', 'rcp_2');
  await world.delivered(one);
  await world.failed(two);
  await world.time.pass(2 * MINUTE_MS);
  if (!point.hasCrashed) await stop(world, first);
  const second = world.delivery({ checkpointMs: 500 });
  await second.start();
  await world.time.pass(30 * MINUTE_MS);
  await stop(world, second);
}

async function stop(world: World, delivery: WebhookDelivery): Promise<void> {
  const stopped = delivery.stop();
  await world.time.pass(ANSWER_MS);
  await stopped;
}

async function callsOf(): Promise<number> {
  const point = new FaultPoint(Number.POSITIVE_INFINITY);
  await runWith(await newWorld(), point);
  return point.calls;
}

/** Events that the receiver did not take. */
function missing(world: World): readonly string[] {
  const times = new Map<string, number>();
  world.receiver.story.forEach((told) => times.set(told, (times.get(told) ?? 0) + 1));
  const needed = (told: string): number => (told.endsWith('sent') ? 3 : 2);
  return expected.filter((told) => (times.get(told) ?? 0) < needed(told));
}

describe('a delivery of webhooks', () => {
  it.each(faults)('%s: no call makes a difference', async (fault: Fault) => {
    const calls = await callsOf();
    expect(calls).toBeGreaterThan(20);
    for (let at = 1; at <= calls; at += 1) {
      const world = await newWorld();
      await runWith(world, new FaultPoint(at, fault));
      await soon();
      const result = { at, missing: missing(world), jobs: await world.jobs() };
      expect(result).toEqual({ at, missing: [], jobs: [] });
    }
  });

  it('sends nothing that was taken again when nothing goes wrong', async () => {
    const world = await newWorld();
    await runWith(world, new FaultPoint(Number.POSITIVE_INFINITY));
    const { story } = world.receiver;
    expect(story.filter((told) => told === 'msg_1 sent')).toHaveLength(3);
    expect(story).toHaveLength(11);
  });
});
