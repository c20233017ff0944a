import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import type { MessageEvent } from '@tollgate/domain';
import { brokenPromises, refundsOf, typesOf } from '../spec/ledger';
import { World, accountId, run, teamId } from '../spec/world';
import { MessageHistory } from './message-history';

/*
 * Until 0.1 events of messages named no charge, and a delivery refunded what it had seen fail. Its
 * logs, and what it left undone in them, are taken up by this release.
 */

async function worldOf(fate: string): Promise<{ world: World; id: string }> {
  const world = await World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
  return { world, id: await world.order(fate, 7_000) };
}

/** As such a release wrote it. */
async function write(world: World, messageId: string, type: MessageEvent['type']): Promise<void> {
  const data = {
    messageId,
    accountId,
    teamId,
    ...(type === 'MessageSent' ? { providerMessageId: `provider-${messageId}` } : {}),
    ...(type === 'MessageFailed' ? { errorCode: 'old', errorMessage: 'Long ago.' } : {}),
  };
  const history = new MessageHistory(messageId, world.ports);
  const event = { type, data } as MessageEvent;
  await history.record(event, { causationId: 'an older command' }, world.clock.now());
}

describe('what an earlier release left', () => {
  it('given a failure without its refund, then the money goes back', async () => {
    const { world, id } = await worldOf('rejected');
    await write(world, id, 'MessageFailed');
    await run(world);
    expect(await refundsOf(world)).toMatchObject([{ amount: 7_000, reason: 'old' }]);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('given a failure that it refunded, then nothing is done', async () => {
    const { world, id } = await worldOf('rejected');
    await write(world, id, 'MessageFailed');
    await run(world);
    const { events } = world;
    let before = 0;
    for await (const batch of events.readAll()) before += batch.length;
    await run(world, world.delivery({ consumer: 'another' }));
    let after = 0;
    for await (const batch of events.readAll()) after += batch.length;
    expect(after).toBe(before);
  });

  it('given a failure behind the checkpoint, then it leads to nothing by itself', async () => {
    const { world, id } = await worldOf('rejected');
    for await (const batch of world.events.readAll()) {
      await world.ports.checkpoints.save('messaging', batch.at(-1)!.position);
    }
    await write(world, id, 'MessageFailed');
    await run(world);
    expect(await refundsOf(world)).toEqual([]);
  });

  it('given a message that it sent, then the carrier is asked for the end', async () => {
    const { world, id } = await worldOf('undelivered');
    await write(world, id, 'MessageSent');
    await run(world);
    expect(await typesOf(world, id)).toEqual(['MessageSent', 'MessageFailed']);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('given a message that it sent, then no report ends it: none knows the charge', async () => {
    const { world, id } = await worldOf('undelivered');
    await write(world, id, 'MessageSent');
    const report = { messageId: id, status: 'failed' } as const;
    expect(await world.reports().record(report)).toBe('unknown_message');
  });
});
