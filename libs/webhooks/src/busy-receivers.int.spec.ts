import type { WebhookAnswer } from '@tollgate/ports';
import { taken, toldIn } from '../spec/memory-receiver';
import { soon } from '../spec/simulated-time';
import { World, accountId, plain, senderId } from '../spec/world';

const MINUTE_MS = 60_000;
const other = { accountId: 'sub_other', senderId: 'snd_other' };

/** Receivers at `slow` answer when they are told to, all others at once. */
async function slowWorld(): Promise<{ world: World; answerAll: () => void }> {
  const world = await World.open({ url: 'https://slow.example.com/' });
  await world.addSender({ url: 'https://quick.example.com/' }, other);
  let isSlow = true;
  const waiting: (() => void)[] = [];
  world.receiver.answer = ({ url }): Promise<WebhookAnswer> =>
    new Promise((resolve) => {
      if (url.includes('slow') && isSlow) waiting.push(() => resolve(taken));
      else resolve(taken);
    });
  const answerAll = (): void => {
    isSlow = false;
    waiting.splice(0).forEach((answer) => answer());
  };
  return { world, answerAll };
}

async function orderMany(world: World, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await world.order(`msg_${index}`);
}

describe('a receiver that is slow', () => {
  it('is called at most so often at once, and by the others in turn', async () => {
    const { world, answerAll } = await slowWorld();
    await orderMany(world, 25);
    const delivery = world.delivery();
    await delivery.start();
    await soon();
    expect(world.receiver.current).toBe(10);
    expect(delivery.attemptCount).toBe(25);
    answerAll();
    await delivery.idle();
    expect(new Set(world.receiver.told.map(({ id }) => id)).size).toBe(25);
    expect(world.receiver.highest).toBe(10);
    await delivery.stop();
  });

  it('keeps no other receiver waiting', async () => {
    const { world, answerAll } = await slowWorld();
    await orderMany(world, 25);
    const delivery = world.delivery();
    await delivery.start();
    await soon();
    await world.order('msg_quick', { ...plain, senderId: other.senderId }, other.accountId);
    await soon();
    expect(world.receiver.story.at(-1)).toBe('msg_quick queued');
    answerAll();
    await delivery.stop();
  });

  it('is told later of what it can not be told soon, at no cost of attempts', async () => {
    const { world, answerAll } = await slowWorld();
    await orderMany(world, 25);
    const metrics = {
      delivered: jest.fn(),
      failed: jest.fn(),
      postponed: jest.fn(),
      givenUp: jest.fn(),
    };
    const delivery = world.delivery({ metrics, waitingMax: 5, waitMs: 20_000 });
    await delivery.start();
    await soon();
    expect(metrics.postponed).toHaveBeenCalledTimes(10);
    await world.time.pass(20_000);
    expect(metrics.postponed).toHaveBeenCalledTimes(15);
    const attempts = (await world.jobs()).map(({ detail }) => JSON.parse(detail) as object);
    expect(attempts).toHaveLength(15);
    expect(attempts).toEqual(
      attempts.map(() => expect.objectContaining({ attempt: 1 }) as unknown),
    );
    answerAll();
    await world.time.pass(5 * MINUTE_MS);
    expect(new Set(world.receiver.told.map(({ id }) => id)).size).toBe(25);
    expect(metrics.failed).not.toHaveBeenCalled();
    expect(await world.jobs()).toEqual([]);
    await delivery.stop();
  });

  it('is told of one message in its order', async () => {
    const { world, answerAll } = await slowWorld();
    const order = await world.order('msg_1');
    await world.sent(order);
    await world.delivered(order);
    const delivery = world.delivery();
    await delivery.start();
    await soon();
    expect(world.receiver.story).toEqual(['msg_1 queued']);
    answerAll();
    await delivery.idle();
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_1 sent', 'msg_1 delivered']);
    await delivery.stop();
  });

  it('holds up the log when too much is under way, and no sooner', async () => {
    const { world, answerAll } = await slowWorld();
    await orderMany(world, 25);
    const delivery = world.delivery({ eventsMax: 12 });
    await delivery.start();
    await soon();
    expect(delivery.attemptCount).toBe(12);
    answerAll();
    await delivery.idle();
    expect(world.receiver.calls).toHaveLength(25);
    await delivery.stop();
  });

  it('is not handed the same event twice at once by the schedule', async () => {
    const { world, answerAll } = await slowWorld();
    await orderMany(world, 3);
    const first = world.delivery({ waitingMax: 0, hostCallsMax: 1 });
    await first.start();
    await soon();
    await world.time.pass(10 * MINUTE_MS);
    expect(await world.jobs()).toHaveLength(2);
    expect(world.receiver.calls).toHaveLength(1);
    answerAll();
    await world.time.pass(10 * MINUTE_MS);
    await first.stop();
    const ids = world.receiver.calls.map((call) => toldIn(call).id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
  });
});

describe('an account', () => {
  it('has no more calls at once than an account may, whatever hosts it calls', async () => {
    const world = await World.open();
    world.receiver.answer = () => new Promise(() => undefined);
    for (let index = 0; index < 6; index += 1) {
      const of = { accountId, senderId: `${senderId}${index}` };
      await world.addSender({ url: `https://h${index}.example.com/` }, of);
      await world.order(`msg_a${index}`, { ...plain, senderId: of.senderId });
      await world.order(`msg_b${index}`, { ...plain, senderId: of.senderId });
    }
    const delivery = world.delivery({ accountCallsMax: 7, stopMs: 0 });
    await delivery.start();
    await soon();
    expect(world.receiver.current).toBe(7);
    void delivery.stop();
    await world.time.pass(0);
  });
});
