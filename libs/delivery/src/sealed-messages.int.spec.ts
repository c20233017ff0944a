import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { messageStream } from '@tollgate/contracts';
import { VaultUnavailable, type Sealing } from '@tollgate/ports';
import { brokenPromises, readStream, refundsOf } from '../spec/ledger';
import { World, accountId, run } from '../spec/world';
import { Delivery } from './delivery';
import type { SenderAddress } from './ports';

async function newWorld(): Promise<World> {
  return World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
}

async function failureOf(world: World, messageId: string): Promise<object> {
  const events = await readStream(world, messageStream(messageId));
  return events.at(-1)!.event.data;
}

describe('a message that is sealed', () => {
  it('is opened for the carrier, and stays sealed in the log', async () => {
    const world = await newWorld();
    const id = await world.orderSealed('delivered to Ada');
    await run(world);
    expect(world.carrier.taken).toEqual([
      {
        type: 'message',
        id,
        accountId,
        channel: 'sms',
        messageType: 'text',
        environment: 'live',
        to: 'delivered to Ada',
        content: { text: 'Hello' },
      },
    ]);
    for await (const batch of world.events.readAll()) {
      for (const { data } of batch) expect(data).not.toMatch(/Ada|Hello/);
    }
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('fails, and costs nothing, when its recipient was erased', async () => {
    const world = await newWorld();
    const id = await world.orderSealed('delivered to Ada', 7_000);
    world.sealing.erase(await world.sealing.recipientOf(accountId, 'delivered to Ada'));
    await run(world);
    expect(world.carrier.calls).toEqual([]);
    expect(await failureOf(world, id)).toMatchObject({ errorCode: 'recipient_erased' });
    expect(await refundsOf(world)).toMatchObject([{ amount: 7_000, reason: 'recipient_erased' }]);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('is not sent any more once its recipient was erased between two tries', async () => {
    const world = await newWorld();
    const id = await world.orderSealed('flaky');
    const recipient = await world.sealing.recipientOf(accountId, 'flaky');
    const retried = (): void => world.sealing.erase(recipient);
    await run(world, world.delivery({ metrics: { finished: () => undefined, retried } }));
    expect(world.carrier.calls).toEqual([id]);
    expect(await failureOf(world, id)).toMatchObject({ errorCode: 'recipient_erased' });
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('waits for the vault', async () => {
    const world = await newWorld();
    await world.orderSealed('delivered');
    let isAway = true;
    const open: Sealing['open'] = async (sealed) => {
      if (!isAway) return world.sealing.open(sealed);
      isAway = false;
      throw new VaultUnavailable('away');
    };
    const sealing: Sealing = Object.assign(Object.create(world.sealing) as Sealing, { open });
    const retried: string[] = [];
    const metrics = { finished: () => undefined, retried: (step: string) => retried.push(step) };
    await run(world, new Delivery({ ...world.ports, sealing }, { metrics, retryMs: 0 }));
    expect(retried).toEqual(['open']);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it.each([
    ['null', null],
    ['no recipient', { content: {} }],
    ['no content', { to: 'delivered' }],
  ])('fails when it says %s', async (_what, said) => {
    const world = await newWorld();
    const sealed = await world.sealing.seal('rcp_1', said);
    const id = await world.charge({ sealed, recipient: 'rcp_1' }, 7_000);
    await run(world);
    expect(await failureOf(world, id)).toMatchObject({ errorCode: 'message_unreadable' });
    expect(await brokenPromises(world)).toEqual([]);
  });
});

it('a message that is neither sealed nor open fails', async () => {
  const world = await newWorld();
  const id = await world.charge({}, 7_000);
  await run(world);
  expect(await failureOf(world, id)).toMatchObject({ errorCode: 'message_unreadable' });
  expect(await brokenPromises(world)).toEqual([]);
});

describe('a message of a sender', () => {
  const addresses: SenderAddress = async (account, sender) =>
    account === accountId && sender === 'snd_1' ? '+14155550100' : undefined;

  it.each([
    ['its address, when it has one', 'snd_1', '+14155550100'],
    ['no address, when the sender is gone', 'snd_2', undefined],
    ['no address, when it has no sender', undefined, undefined],
  ])('comes from %s', async (_what, senderId, from) => {
    const world = await newWorld();
    await world.order('delivered', 4_000, senderId);
    await run(world, new Delivery({ ...world.ports, senderAddress: addresses }));
    expect(world.carrier.taken).toHaveLength(1);
    expect(world.carrier.taken[0]!.from).toBe(from);
    expect('from' in world.carrier.taken[0]!).toBe(from !== undefined);
  });

  it('waits until the address can be looked up', async () => {
    const world = await newWorld();
    await world.order('delivered', 4_000, 'snd_1');
    let tries = 0;
    const senderAddress: SenderAddress = (account, sender) => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('away')) : addresses(account, sender);
    };
    await run(world, new Delivery({ ...world.ports, senderAddress }, { retryMs: 0 }));
    expect(world.carrier.taken).toMatchObject([{ from: '+14155550100' }]);
  });
});
