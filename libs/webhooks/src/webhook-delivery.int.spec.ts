import { World, accountId, plain, run, senderId, webhook, withoutSender } from '../spec/world';

describe("a sender's webhook", () => {
  it('is told what happens to a message, in order', async () => {
    const world = await World.open();
    const order = await world.order('msg_1');
    await world.sent(order);
    await world.delivered(order);
    await run(world);
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_1 sent', 'msg_1 delivered']);
    expect(await world.jobs()).toEqual([]);
  });

  it('is told in the form of Zavu', async () => {
    const world = await World.open();
    const happenedAt = world.time.now();
    const order = await world.order('msg_1');
    await world.failed(order);
    await world.time.pass(1_000);
    await run(world);
    const envelope = {
      id: expect.stringMatching(/^evt_[0-9A-Z]{26}$/) as unknown,
      timestamp: happenedAt,
      senderId,
      projectId: accountId,
    };
    const data = { messageId: 'msg_1', to: '+14155551234', channel: 'sms' };
    expect(world.receiver.told).toEqual([
      { ...envelope, type: 'message.queued', data: { ...data, status: 'queued' } },
      {
        ...envelope,
        type: 'message.failed',
        data: {
          ...data,
          status: 'failed',
          errorCode: 'undelivered',
          errorMessage: 'The handset could not be reached.',
        },
      },
    ]);
  });

  it('is called at its URL, signed as it asks for, with the secret that it has now', async () => {
    const world = await World.open({ signatureVersion: 'v1+v2', secretVersion: 3 });
    await world.order('msg_1');
    await run(world);
    const { body: _body, ...call } = world.receiver.calls[0]!;
    expect(call).toEqual({
      url: webhook.url,
      secret: `whsec_${senderId}_3`,
      signatureVersion: 'v1+v2',
      at: world.time.now(),
    });
  });

  it('is told while it happens', async () => {
    const world = await World.open();
    const delivery = world.delivery();
    await delivery.start();
    const order = await world.order('msg_1');
    await delivery.idle();
    expect(world.receiver.story).toEqual(['msg_1 queued']);
    await world.sent(order);
    await delivery.idle();
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_1 sent']);
    await delivery.stop();
  });

  it('is told nothing twice over a restart', async () => {
    const world = await World.open();
    const order = await world.order('msg_1');
    await run(world);
    await world.sent(order);
    await run(world);
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_1 sent']);
  });

  it('is told of the types that it lists, and of no other', async () => {
    const world = await World.open({ events: ['message.delivered', 'message.read'] });
    const order = await world.order('msg_1');
    await world.sent(order);
    await world.delivered(order);
    await run(world);
    expect(world.receiver.story).toEqual(['msg_1 delivered']);
  });

  it.each([
    ['has none', null],
    ['switched it off', { active: false }],
    ['lists no type', { events: [] }],
  ])('is not told when the sender %s', async (_why, given) => {
    const world = await World.open(given);
    const order = await world.order('msg_1');
    await world.sent(order);
    await run(world);
    expect(world.receiver.calls).toEqual([]);
    expect(await world.jobs()).toEqual([]);
  });

  it('is not told of messages without a sender, or of one that there is not', async () => {
    const world = await World.open();
    for (const item of [withoutSender, { ...plain, senderId: 'snd_unknown' }]) {
      await world.sent(await world.order(`msg_${item.senderId}`, item));
    }
    await run(world);
    expect(world.receiver.calls).toEqual([]);
  });

  it('is not told of what other accounts send, though they name its sender', async () => {
    const world = await World.open();
    const order = await world.order('msg_1', plain, 'sub_other');
    await world.sent(order);
    await run(world);
    expect(world.receiver.calls).toEqual([]);
  });
});

describe('the recipient of a message', () => {
  it('is told also when the log holds it sealed', async () => {
    const world = await World.open();
    const order = await world.sealedOrder('msg_1', 'rcp_1');
    await run(world);
    await world.sent(order);
    await run(world);
    const to = world.receiver.told.map(({ data }) => data['to']);
    expect(to).toEqual(['+14155551234', '+14155551234']);
  });

  it('is told no more once it was erased', async () => {
    const world = await World.open();
    const order = await world.sealedOrder('msg_1', 'rcp_1');
    const delivery = world.delivery();
    await delivery.start();
    await delivery.idle();
    world.sealing.erase('rcp_1');
    await world.sent(order);
    await delivery.idle();
    await delivery.stop();
    expect(world.receiver.story).toEqual(['msg_1 queued', 'msg_1 sent']);
    expect(world.receiver.told.map(({ data }) => data['to'])).toEqual(['+14155551234', '']);
  });
});
