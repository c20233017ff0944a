import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { messageStream } from '@tollgate/contracts';
import { LogUnavailable, AppendOutcomeUnknown } from '@tollgate/ports';
import { FaultyEventLog } from '@tollgate/testing';
import { brokenPromises, readStream, refundsOf, typesOf, type FoundEvent } from '../spec/ledger';
import { World, run, silent } from '../spec/world';
import { Delivery } from './delivery';
import { DeliveryReports, type DeliveryReport } from './delivery-reports';

async function newWorld(): Promise<World> {
  return World.open(new InMemoryEventLog(), new InMemoryCheckpoints());
}

/** A message that was sent, and of which the carrier has told no end yet. */
async function sentWorld(fate = 'vanishing'): Promise<{ world: World; id: string }> {
  const world = await newWorld();
  const id = await world.order(fate, 7_000, 'snd_1');
  await deliverAll(world);
  return { world, id };
}

/** Lets a delivery do what there is to do, while the carrier reports nothing. */
async function deliverAll(world: World, delivery = world.delivery()): Promise<void> {
  await delivery.start();
  await delivery.idle();
  await delivery.stop();
}

async function lastOf(world: World, id: string): Promise<FoundEvent> {
  return (await readStream(world, messageStream(id))).at(-1)!;
}

const delivered = (messageId: string): DeliveryReport => ({ messageId, status: 'delivered' });
const failed = (messageId: string): DeliveryReport => ({
  messageId,
  providerMessageId: `provider-${messageId}`,
  status: 'failed',
  errorCode: 'unreachable',
  errorMessage: 'The phone is off.',
});

describe('a message whose report follows', () => {
  it('is sent, and not under way any more', async () => {
    const world = await newWorld();
    const id = await world.order('arriving');
    const finished = jest.fn();
    const metrics = { finished, retried: () => undefined };
    const delivery = world.delivery({ messagesMax: 1, metrics });
    await delivery.start();
    await world.order('delivered');
    await delivery.idle();
    expect(delivery.messageCount).toBe(0);
    expect(await typesOf(world, id)).toEqual(['MessageSent']);
    expect(finished.mock.calls).toEqual([['sent'], ['delivered']]);
    await delivery.stop();
  });

  it('holds no checkpoint', async () => {
    const { world, id } = await sentWorld();
    const { position } = (await lastOf(world, id)).stored;
    expect(await world.ports.checkpoints.load('messaging')).toBe(position);
  });

  it('is not given to the carrier again, even when the checkpoint is lost', async () => {
    const { world, id } = await sentWorld();
    const checkpoints = new InMemoryCheckpoints();
    await deliverAll(world, new Delivery({ ...world.ports, checkpoints }));
    expect(world.carrier.calls).toEqual([id]);
    expect(await typesOf(world, id)).toEqual(['MessageSent']);
  });
});

describe('a delivery report', () => {
  it('tells that a message was delivered', async () => {
    const { world, id } = await sentWorld('arriving');
    expect(await world.reports().record(delivered(id))).toBe('recorded');
    expect(await typesOf(world, id)).toEqual(['MessageSent', 'MessageDelivered']);
    await deliverAll(world);
    expect(await refundsOf(world)).toEqual([]);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('gives the money back when the message failed, while a delivery runs', async () => {
    const { world, id } = await sentWorld();
    const finished = jest.fn();
    const delivery = world.delivery({ metrics: { finished, retried: () => undefined } });
    await delivery.start();
    expect(await world.reports().record(failed(id))).toBe('recorded');
    await delivery.idle();
    await delivery.stop();
    expect(await refundsOf(world)).toMatchObject([{ amount: 7_000, reason: 'unreachable' }]);
    expect(finished.mock.calls).toEqual([['failed']]);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('gives the money back when the process died right after the report', async () => {
    const { world, id } = await sentWorld();
    await world.reports().record(failed(id));
    expect(await refundsOf(world)).toEqual([]);
    await deliverAll(world);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('gives it back once, however often the failure is looked at', async () => {
    const { world, id } = await sentWorld();
    await world.reports().record(failed(id));
    for (const hours of [0, 1, 72]) {
      world.clock.at += hours * 3_600_000;
      await world.submit('TopUp', { amount: 5 });
      await world.submit('AdjustBalance', { amount: -5, reason: 'spec', force: false });
      const checkpoints = new InMemoryCheckpoints();
      await deliverAll(world, new Delivery({ ...world.ports, checkpoints }));
    }
    expect(await refundsOf(world)).toHaveLength(1);
  });

  it('says what the events before it said of message, charge and cause', async () => {
    const { world, id } = await sentWorld();
    await world.reports().record(failed(id));
    const [sent, end] = await readStream(world, messageStream(id));
    const { providerMessageId: _id, reportFollows, ...ref } = sent!.event.data as never as Sent;
    expect(reportFollows).toBe(true);
    expect(ref).toMatchObject({ chargeId: expect.any(String), senderId: 'snd_1' });
    const { errorCode, errorMessage } = failed(id);
    expect(end!.event.data).toEqual({ ...ref, errorCode, errorMessage });
    const { causationId, correlationId } = sent!.metadata;
    expect(end!.metadata).toMatchObject({ causationId, correlationId });
    await deliverAll(world);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('has words of its own for a failure without any', async () => {
    const { world, id } = await sentWorld();
    await world.reports().record({ messageId: id, status: 'failed' });
    expect((await lastOf(world, id)).event.data).toMatchObject({
      errorCode: 'undelivered',
      errorMessage: expect.stringContaining('not delivered'),
    });
  });

  it.each([
    ['now, when it does not say', undefined, 60_000],
    ['when it says', 20_000, 20_000],
    ['no later than now', 3_600_000, 60_000],
    ['no earlier than the message was sent', -3_600_000, 0],
  ])('counts as of %s', async (_when, offset, expected) => {
    const { world, id } = await sentWorld();
    const sentAt = world.clock.at;
    world.clock.at += 60_000;
    const at = offset === undefined ? {} : { at: sentAt + offset };
    await world.reports().record({ ...failed(id), ...at });
    expect((await lastOf(world, id)).metadata.at).toBe(sentAt + expected);
  });
});

interface Sent {
  readonly providerMessageId: string;
  readonly reportFollows?: true;
}

describe('a report that changes nothing', () => {
  it('is repeated when it came before', async () => {
    const { world, id } = await sentWorld();
    const reports = world.reports();
    await reports.record(failed(id));
    expect(await reports.record(failed(id))).toBe('repeated');
    expect(await reports.record({ ...failed(id), errorCode: 'other' })).toBe('repeated');
    expect(await typesOf(world, id)).toEqual(['MessageSent', 'MessageFailed']);
  });

  it('contradicts a message that ended otherwise', async () => {
    const { world, id } = await sentWorld();
    const warn = jest.fn();
    const reports = new DeliveryReports({ ...world.ports, log: { ...silent, warn } });
    await reports.record(delivered(id));
    expect(await reports.record(failed(id))).toBe('contradicts');
    expect(warn).toHaveBeenCalledWith('a delivery report contradicts the end of a message', {
      messageId: id,
      status: 'delivered',
      reported: 'failed',
    });
    await deliverAll(world);
    expect(await refundsOf(world)).toEqual([]);
  });

  it('contradicts a message that was never sent', async () => {
    const { world, id } = await sentWorld('rejected');
    expect(await world.reports().record({ ...delivered(id), providerMessageId: 'p' })).toBe(
      'contradicts',
    );
  });

  it('is of no message that is known', async () => {
    const { world } = await sentWorld();
    expect(await world.reports().record(delivered('msg_unknown'))).toBe('unknown_message');
    expect(await typesOf(world, 'msg_unknown')).toEqual([]);
  });

  it('is of a message that is not sent yet, and right once it is', async () => {
    const world = await newWorld();
    const id = await world.order('arriving');
    expect(await world.reports().record(delivered(id))).toBe('unknown_message');
    await deliverAll(world);
    expect(await world.reports().record(delivered(id))).toBe('recorded');
  });

  it('is of another message of the carrier', async () => {
    const { world, id } = await sentWorld();
    const other = { ...failed(id), providerMessageId: 'provider-of-another' };
    expect(await world.reports().record(other)).toBe('unknown_message');
    expect(await typesOf(world, id)).toEqual(['MessageSent']);
  });
});

describe('reports at the same time', () => {
  it('are recorded once', async () => {
    const { world, id } = await sentWorld();
    const outcomes = await Promise.all([1, 2, 3].map(() => world.reports().record(failed(id))));
    expect(outcomes.sort()).toEqual(['recorded', 'repeated', 'repeated']);
    await deliverAll(world);
    expect(await brokenPromises(world)).toEqual([]);
  });

  it('contradict each other, and the first one stands', async () => {
    const { world, id } = await sentWorld();
    const both = [failed(id), delivered(id)].map((report) => world.reports().record(report));
    expect((await Promise.all(both)).sort()).toEqual(['contradicts', 'recorded']);
    await deliverAll(world);
    expect(await brokenPromises(world)).toEqual([]);
  });
});

describe('a log in trouble', () => {
  it('is told to the carrier, whose next try finds what was written', async () => {
    const { world, id } = await sentWorld();
    const events = new FaultyEventLog(world.events);
    const reports = new DeliveryReports({ ...world.ports, events });
    events.failAppends('unavailable', 'request-lost', 'written-answer-lost');
    await expect(reports.record(failed(id))).rejects.toThrow(LogUnavailable);
    await expect(reports.record(failed(id))).rejects.toThrow(AppendOutcomeUnknown);
    expect(await typesOf(world, id)).toEqual(['MessageSent']);
    await expect(reports.record(failed(id))).rejects.toThrow(AppendOutcomeUnknown);
    expect(await reports.record(failed(id))).toBe('repeated');
    await run(world);
    expect(await brokenPromises(world)).toEqual([]);
  });
});
