import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { messageStream, teamStream } from '@tollgate/contracts';
import type { Outcome } from '@tollgate/ports';
import { brokenPromises, readStream, refundsOf, typesOf } from '../spec/ledger';
import { soon } from '@tollgate/testing';
import { World, accountId, keyId, run, teamId } from '../spec/world';
import { Delivery } from './delivery';

async function newWorld(): Promise<World> {
  return World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
}

describe('a delivery', () => {
  it('delivers what a charge ordered', async () => {
    const world = await newWorld();
    const id = await world.order('delivered');
    await run(world);
    expect(await typesOf(world, id)).toEqual(['MessageSent', 'MessageDelivered']);
    expect(world.carrier.sends).toEqual([id]);
    expect(await refundsOf(world)).toEqual([]);
  });

  it('delivers what is ordered while it runs', async () => {
    const world = await newWorld();
    const delivery = world.delivery();
    await delivery.start();
    const ids = [await world.order('delivered'), await world.order('rejected')];
    await delivery.idle();
    expect(await typesOf(world, ids[0]!)).toEqual(['MessageSent', 'MessageDelivered']);
    expect(await typesOf(world, ids[1]!)).toEqual(['MessageFailed']);
    await delivery.stop();
  });

  it.each([
    ['rejected', ['MessageFailed']],
    ['undelivered', ['MessageSent', 'MessageFailed']],
  ])('gives the money of a message back that was %s', async (fate, types) => {
    const world = await newWorld();
    const id = await world.order(fate, 7_000);
    await run(world);
    expect(await typesOf(world, id)).toEqual(types);
    expect(await refundsOf(world)).toEqual([
      expect.objectContaining({ amount: 7_000, accountId, reason: fate }),
    ]);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('refunds nothing for a message that was free', async () => {
    const world = await newWorld();
    const id = await world.order('undelivered', 0);
    await run(world);
    expect(await typesOf(world, id)).toEqual(['MessageSent', 'MessageFailed']);
    expect(await refundsOf(world)).toEqual([]);
  });

  it('gives back only what is left of a charge that was refunded in part', async () => {
    const world = await newWorld();
    await world.order('rejected', 7_000);
    const [charge] = (await readStream(world, teamStream(teamId))).slice(-1);
    const { chargeId } = charge!.event.data as { chargeId: string };
    await world.submit('Refund', { accountId, chargeId, amount: 3_000 });
    await run(world);
    expect(await refundsOf(world)).toMatchObject([{ amount: 3_000 }, { amount: 4_000 }]);
  });

  it('gives money back to a suspended sub-account whose key was revoked', async () => {
    const world = await newWorld();
    await world.order('rejected', 7_000);
    await world.submit('UpdateSubAccount', { accountId, status: 'inactive' });
    await world.submit('RevokeApiKey', { accountId, apiKeyId: keyId });
    await run(world);
    expect(await refundsOf(world)).toMatchObject([{ amount: 7_000, accountId }]);
  });

  it('writes into every event which charge ordered the message, and which sender', async () => {
    const world = await newWorld();
    const ids = [await world.order('undelivered', 7_000, 'snd_1'), await world.order('delivered')];
    await run(world);
    const [first, second] = await Promise.all(
      ids.map((id) => readStream(world, messageStream(id))),
    );
    const charges = (await readStream(world, teamStream(teamId))).flatMap(({ event }) =>
      event.type === 'AccountCharged' ? [event.data.chargeId] : [],
    );
    for (const { event } of first!) {
      const ref = { messageId: ids[0], accountId, teamId, senderId: 'snd_1', chargeId: charges[0] };
      expect(event.data).toMatchObject(ref);
    }
    for (const { event } of second!) {
      expect(event.data).toMatchObject({ messageId: ids[1], chargeId: charges[1] });
      expect(event.data).not.toHaveProperty('senderId');
    }
  });

  it('leaves every other event alone', async () => {
    const world = await newWorld();
    await world.submit('TopUp', { amount: 5 });
    await world.submit('Charge', { accountId, amount: 5, item: { type: 'custom' } });
    await run(world);
    expect(world.carrier.calls).toEqual([]);
  });

  it('says what each event was caused by', async () => {
    const world = await newWorld();
    const id = await world.order('undelivered');
    await run(world);
    const team = await readStream(world, teamStream(teamId));
    const charge = team.find(({ type }) => type === 'AccountCharged')!.metadata;
    const refund = team.find(({ type }) => type === 'ChargeRefunded')!.metadata;
    const reports = await readStream(world, messageStream(id));
    for (const metadata of [refund, ...reports.map((report) => report.metadata)]) {
      expect(metadata).toMatchObject({
        at: world.clock.now(),
        causationId: charge.commandId,
        correlationId: charge.correlationId,
      });
    }
    expect(new Set(reports.map((report) => report.id)).size).toBe(2);
  });
});

describe('a delivery that starts again', () => {
  it('goes on behind what is finished', async () => {
    const world = await newWorld();
    await world.order('delivered');
    await run(world);
    await run(world);
    expect(world.carrier.calls).toHaveLength(1);
    expect(await world.ports.checkpoints.load('messaging')).toBeGreaterThan(0);
  });

  it('recognises finished messages by their streams when the checkpoint is lost', async () => {
    const world = await newWorld();
    await world.order('delivered');
    await world.order('rejected');
    await run(world);
    const before = await readStream(world, teamStream(teamId));
    const lost = { ...world.ports, checkpoints: new InMemoryCheckpoints() };
    await run(world, new Delivery(lost));
    expect(world.carrier.calls).toHaveLength(2);
    expect(await readStream(world, teamStream(teamId))).toEqual(before);
  });

  it('takes a refund for done whose command id is long forgotten', async () => {
    const world = await newWorld();
    await world.order('rejected');
    await run(world);
    world.clock.at += 72 * 3_600_000;
    await world.submit('TopUp', { amount: 5 });
    const outcomes: Outcome[] = [];
    const commands: typeof world.ports.commands = {
      submit: async (team, batch) => {
        const answers = await world.ports.commands.submit(team, batch);
        outcomes.push(...answers);
        return answers;
      },
    };
    const checkpoints = new InMemoryCheckpoints();
    await run(world, new Delivery({ ...world.ports, checkpoints, commands }));
    expect(outcomes).toMatchObject([{ status: 'refused', rejection: { code: 'exceeds_charge' } }]);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('learns the end of a message that was sent, without recording a second sending', async () => {
    const world = await newWorld();
    world.carrier.beforeEnd = () => new Promise(() => undefined);
    const id = await world.order('delivered');
    const first = world.delivery();
    await first.start();
    await soon();
    await first.stop();
    expect(await typesOf(world, id)).toEqual(['MessageSent']);
    world.carrier.beforeEnd = async () => undefined;
    await run(world);
    expect(await brokenPromises(world)).toEqual([]);
  });
});
