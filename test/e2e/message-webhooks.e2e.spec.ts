import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { DataFolder } from '@tollgate/adapter-embedded';
import { READ_MODELS_VERSION } from '@tollgate/projections';
import { untilSettled } from './support/messages';
import { System, newFolder, type Spender } from './support/system';
import { WebhookReceiver, type Received } from './support/webhook-receiver';
import { verify } from './support/webhook-signature';

jest.setTimeout(180_000);

const near = '+14155550123';
const unknownNumber = '+15005550001';
const unreachable = '+15005550002';
const steps = ['message.queued', 'message.sent', 'message.delivered'];
const MINUTE_MS = 60_000;
const WAIT_MS_MAX = 60_000;

interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly timestamp: number;
  readonly senderId: string;
  readonly projectId: string;
  readonly data: Readonly<Record<string, string>> & { readonly messageId: string };
}

interface SenderAnswer {
  readonly id: string;
  readonly webhook: { readonly secret: string };
}

/** A sender whose webhook is a path of the receiver. */
interface Told {
  readonly id: string;
  readonly path: string;
  readonly secret: string;
}

describe('the webhook of a sender', () => {
  const receiver = new WebhookReceiver();
  let dataDir: string;
  let system: System;
  let spender: Spender;

  beforeAll(async () => {
    await receiver.start();
    dataDir = await newFolder();
    system = await System.start({ dataDir, env: { TOLLGATE_WEBHOOKS_ALLOW_PRIVATE: 'true' } });
    spender = await system.openAccount(await system.openTeam(5_000));
  });

  afterAll(async () => {
    await system.end();
    await receiver.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function sender(path: string, settings: object = {}): Promise<Told> {
    const body = { name: path, webhookUrl: receiver.url(path), ...settings };
    const made = spender.api.post<SenderAnswer>('/v1/senders', body);
    const { id, webhook } = await spender.api.expect(201, made);
    return { id, path, secret: webhook.secret };
  }

  async function send(from: Told, to = near): Promise<string> {
    const headers = { 'zavu-sender': from.id };
    const sent = spender.api.post<{ message: { id: string } }>(
      '/v1/messages',
      { to, text: 'Hello' },
      headers,
    );
    return (await spender.api.expect(202, sent)).message.id;
  }

  /** What came for a sender, once it is so much; repeats, by their ids, are left out. */
  async function toldOf({ path }: Told, count: number): Promise<readonly Envelope[]> {
    for (const deadline = Date.now() + WAIT_MS_MAX; Date.now() < deadline; await delay(20)) {
      if (envelopesIn(receiver.at(path)).length >= count) break;
    }
    return envelopesIn(receiver.at(path));
  }

  const typesOf = (envelopes: readonly Envelope[]): string[] => envelopes.map(({ type }) => type);

  it('is told of every step of each message, in order, and signed in both ways', async () => {
    const told = await sender('/steps', { webhookSignatureVersion: 'v1+v2' });
    const before = Date.now();
    const sent = await Promise.all([1, 2, 3, 4, 5].map(() => send(told)));
    const envelopes = await toldOf(told, 15);
    for (const messageId of sent) {
      const about = envelopes.filter(({ data }) => data.messageId === messageId);
      expect(about).toStrictEqual(
        steps.map((type) => ({
          id: expect.stringMatching(/^evt_\w+$/) as string,
          type,
          timestamp: expect.any(Number) as number,
          senderId: told.id,
          projectId: spender.id,
          data: { messageId, to: near, channel: 'sms', status: type.split('.')[1] },
        })),
      );
      const times = about.map(({ timestamp }) => timestamp);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(times[0]! - before).toBeGreaterThanOrEqual(0);
    }
    expect(new Set(envelopes.map(({ id }) => id)).size).toBe(15);
    for (const received of receiver.at(told.path)) {
      expect(received.contentType).toMatch(/^application\/json/);
      expect(verify(received, told.secret)).toEqual({ versions: ['v1', 'v2'], isRight: true });
      expect(verify(received, `${told.secret}x`).isRight).toBe(false);
      const changed = { ...received, body: received.body.replace(near, unreachable) };
      expect(verify(changed, told.secret).isRight).toBe(false);
    }
  });

  it.each(['v1', 'v2', undefined] as const)('signs as the sender asks: %s', async (version) => {
    const asked = version === undefined ? {} : { webhookSignatureVersion: version };
    const told = await sender(`/signed-${version}`, {
      ...asked,
      webhookEvents: ['message.queued'],
    });
    await send(told);
    await toldOf(told, 1);
    const [received] = receiver.at(told.path);
    const right = { versions: [version ?? 'v2'], isRight: true };
    expect(verify(received!, told.secret)).toEqual(right);
  });

  it('signs with the secret that counts now', async () => {
    const told = await sender('/secret', { webhookEvents: ['message.queued'] });
    await send(told);
    await toldOf(told, 1);
    const made = spender.api.post<{ secret: string }>(`/v1/senders/${told.id}/webhook/secret`);
    const { secret } = await spender.api.expect(200, made);
    await send(told);
    await toldOf(told, 2);
    const [first, second] = receiver.at(told.path);
    const held = (received: Received | undefined): boolean[] =>
      [told.secret, secret].map((each) => verify(received!, each).isRight);
    expect([held(first), held(second)]).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('is told why a message failed, and after which steps', async () => {
    const told = await sender('/failures');
    for (const [to, types, errorCode] of [
      [unknownNumber, ['message.queued', 'message.failed'], 'invalid_number'],
      [unreachable, ['message.queued', 'message.sent', 'message.failed'], 'undelivered'],
    ] as const) {
      const before = receiver.at(told.path).length;
      await send(told, to);
      const envelopes = (await toldOf(told, before + types.length)).slice(before);
      expect(typesOf(envelopes)).toEqual(types);
      const { data } = envelopes[types.length - 1]!;
      const errorMessage = expect.stringMatching(/\w/) as string;
      expect(data).toMatchObject({ to, status: 'failed', errorCode, errorMessage });
      expect(envelopes[0]!.data).not.toHaveProperty('errorCode');
    }
  });

  it('is told nothing that it did not ask for', async () => {
    const some = await sender('/some', { webhookEvents: ['message.delivered', 'call.completed'] });
    const off = await sender('/off');
    const gone = await sender('/gone');
    const patch = (from: Told, body: object): Promise<unknown> =>
      spender.api.expect(200, spender.api.patch(`/v1/senders/${from.id}`, body));
    await patch(off, { webhookActive: false });
    await patch(gone, { webhookUrl: null });
    for (const from of [some, off, gone]) await send(from);
    await untilSettled(dataDir, [spender]);
    const later = await sender('/later');
    await send(later);
    expect(typesOf(await toldOf(later, 3))).toEqual(steps);
    expect(typesOf(await toldOf(some, 1))).toEqual(['message.delivered']);
    expect([...receiver.at(off.path), ...receiver.at(gone.path)]).toEqual([]);
    await patch(off, { webhookActive: true });
    await send(off);
    expect(typesOf(await toldOf(off, 3))).toEqual(steps);
  });

  it('is told after a crash what it had not taken before', async () => {
    const told = await sender('/hangs');
    receiver.behave('hangs');
    const messageId = await send(told);
    await toldOf(told, 1);
    await untilSettled(dataDir, [spender]);
    await system.server.kill();
    expect(typesOf(envelopesIn(receiver.at(told.path)))).toEqual(['message.queued']);
    receiver.behave(200);
    await system.server.start();
    const envelopes = await toldOf(told, 3);
    expect(typesOf(envelopes)).toEqual(steps);
    expect(new Set(envelopes.map(({ data }) => data.messageId))).toEqual(new Set([messageId]));
    const [first, again] = receiver.at(told.path);
    expect(again!.body).toBe(first!.body);
    for (const received of receiver.at(told.path)) {
      expect(verify(received, told.secret).isRight).toBe(true);
    }
  });

  it('is told again a minute after it refused, over a crash as well', async () => {
    const told = await sender('/refuses', { webhookEvents: ['message.queued'] });
    receiver.behave(503);
    const messageId = await send(told);
    await toldOf(told, 1);
    await untilSettled(dataDir, [spender]);
    const dueAt = await bringForward();
    const refused = receiver.at(told.path);
    const wait = dueAt - refused[refused.length - 1]!.at;
    expect(wait).toBeGreaterThanOrEqual(MINUTE_MS - 1);
    expect(wait).toBeLessThan(1.2 * MINUTE_MS);
    receiver.behave(200);
    await system.server.start();
    while (receiver.at(told.path).length === refused.length) await delay(20);
    const again = receiver.at(told.path)[refused.length]!;
    expect(again.body).toBe(refused[0]!.body);
    expect(envelopesIn([again])).toMatchObject([{ type: 'message.queued', data: { messageId } }]);
    expect(verify(again, told.secret)).toEqual({ versions: ['v2'], isRight: true });
  });

  /**
   * Kills the system and lets what it was to try again be due: nobody waits for a minute here.
   * Answers when it would have been due, Unix ms.
   */
  async function bringForward(): Promise<number> {
    for (;;) {
      await system.server.kill();
      const folder = await DataFolder.open(dataDir, { readModelsVersion: READ_MODELS_VERSION });
      try {
        const schedule = folder.schedule('webhooks');
        const [job] = await schedule.due(Number.MAX_SAFE_INTEGER, 1);
        if (job !== undefined) {
          await schedule.put({ ...job, dueAt: 0 });
          return job.dueAt;
        }
      } finally {
        await folder.close();
      }
      await system.server.start();
    }
  }
});

/** In the order in which they came, each the first time. */
function envelopesIn(received: readonly Received[]): Envelope[] {
  const envelopes = received.map(({ body }) => JSON.parse(body) as Envelope);
  return [...new Map(envelopes.map((each) => [each.id, each])).values()];
}
