import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { CommandLogFull, type Outcome } from '@tollgate/ports';
import { brokenPromises, refundsOf, typesOf } from '../spec/ledger';
import { World, run } from '../spec/world';
import { Delivery } from './delivery';

async function newWorld(): Promise<World> {
  return World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
}

describe('a delivery in trouble', () => {
  it('tries again while the carrier is away', async () => {
    const world = await newWorld();
    const id = await world.order('flaky');
    const retried: string[] = [];
    const metrics = { finished: jest.fn(), retried: (step: string) => retried.push(step) };
    await run(world, world.delivery({ metrics }));
    expect(await typesOf(world, id)).toEqual(['MessageSent', 'MessageDelivered']);
    expect(retried).toEqual(['carrier', 'carrier']);
    expect(metrics.finished.mock.calls).toEqual([['delivered']]);
  });

  it('asks a carrier again that told no end', async () => {
    const world = await newWorld();
    await world.order('delivered');
    const { carrier } = world;
    let calls = 0;
    const forgetful = {
      async *deliver(message: Parameters<typeof carrier.deliver>[0]) {
        calls += 1;
        for await (const update of carrier.deliver(message)) {
          yield update;
          if (calls === 1) return;
        }
      },
    };
    await run(world, new Delivery({ ...world.ports, carrier: forgetful }, { retryMs: 0 }));
    expect(calls).toBe(2);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('lets the first end of a message stand', async () => {
    const world = await newWorld();
    const id = await world.order('delivered');
    const second = world.delivery();
    world.carrier.beforeEnd = async () => {
      world.carrier.beforeEnd = async () => undefined;
      const other = { ...world.ports, checkpoints: new InMemoryCheckpoints() };
      const failing = {
        async *deliver() {
          yield { status: 'failed', errorCode: 'lost', errorMessage: 'Lost.' } as const;
        },
      };
      await run(world, new Delivery({ ...other, carrier: failing }));
    };
    const warn = jest.spyOn(world.ports.log, 'warn');
    await run(world, second);
    expect(await typesOf(world, id)).toEqual(['MessageSent', 'MessageFailed']);
    expect(await refundsOf(world)).toHaveLength(1);
    expect(warn).toHaveBeenCalledWith(
      'a carrier contradicts the end of a message',
      expect.objectContaining({ status: 'failed', reported: 'delivered' }),
    );
    warn.mockRestore();
  });

  it('does no harm beside a second one', async () => {
    const world = await newWorld();
    for (const fate of ['delivered', 'rejected', 'undelivered', 'flaky']) await world.order(fate);
    const other = { ...world.ports, checkpoints: new InMemoryCheckpoints() };
    await Promise.all([run(world), run(world, new Delivery(other, { retryMs: 0 }))]);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('takes a batch up once that is handed to it again', async () => {
    const world = await newWorld();
    for (const fate of ['delivered', 'rejected']) await world.order(fate);
    const { events } = world;
    const subscribe: typeof events.subscribe = (after, handle) =>
      events.subscribe(after, async (batch) => {
        await handle(batch.slice(0, batch.length - 1));
        await handle(batch);
      });
    const twice = Object.assign(Object.create(events) as typeof events, { subscribe });
    await run(world, new Delivery({ ...world.ports, events: twice }));
    expect(world.carrier.calls).toHaveLength(2);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('asks for the refund until it is confirmed', async () => {
    const world = await newWorld();
    await world.order('rejected');
    const answers: (Outcome | Error)[] = [
      new CommandLogFull(10),
      { status: 'unknown', commandId: 'x' },
      { status: 'refused', rejection: { code: 'idempotency_window_full' }, streamRevision: 1 },
      new TypeError('a fault'),
    ];
    const ids = new Set<string>();
    const commands: typeof world.ports.commands = {
      submit: async (team, batch) => {
        batch.forEach(({ id }) => ids.add(id));
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return answer === undefined ? world.ports.commands.submit(team, batch) : [answer];
      },
    };
    await run(world, new Delivery({ ...world.ports, commands }, { retryMs: 0 }));
    expect(ids.size).toBe(1);
    expect(answers).toEqual([]);
    expect(await brokenPromises(world)).toEqual([]);
  });
});
