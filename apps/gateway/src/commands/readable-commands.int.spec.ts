import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import {
  LABEL_MAX,
  NAME_MAX,
  NEW_CHANNELS_MAX,
  REASON_MAX,
  REFERENCE_MAX,
} from '@tollgate/contracts';
import type { Answer } from '../../spec/answer';
import { Cast, type Team } from '../../spec/cast';
import { GatewayWorld, OPERATOR_KEY } from '../../spec/world';
import { CENTS_MAX } from '../http/fields';

/*
 * In the world of these specs a command that a writer behind Kafka could not read is a fault of
 * the gateway, answered with 500: whatever is let through must fit the schema of commands.
 */

let world: GatewayWorld;
let team: Team;

beforeAll(async () => {
  world = await GatewayWorld.start({
    events: new InMemoryEventLog(),
    snapshots: new InMemorySnapshots(),
    readModels: new InMemoryReadModels(),
    clock: new ManualClock(),
    ids: new SequentialIds(),
  });
  team = await new Cast(world).team();
});

afterAll(() => world.stop());

/** A sign and the selector that makes it a picture: one character to the gateway. */
const PICTURE = '\u2764\ufe0f';
const LONG = 'x'.repeat(500);
const METADATA = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`n${n}`, n]));

let sent = 0;

function post(url: string, body: object, key = team.main.key.secret): Promise<Answer> {
  const headers = { 'idempotency-key': `key ${(sent += 1)}` };
  return world.send({ method: 'POST', url, key, body, headers });
}

describe('a command of the gateway can be read by a writer behind Kafka', () => {
  it.each(['x', '\u{1f600}', PICTURE])('when its texts are as long as may be: %s', async (sign) => {
    const name = sign.repeat(NAME_MAX);
    const externalId = sign.repeat(REFERENCE_MAX);
    const account = { name, externalId, metadata: METADATA, creditLimit: CENTS_MAX };
    expect((await post('/v1/sub-accounts', account)).status).toBe(201);
    const adjustment = { amount: -1, reason: sign.repeat(REASON_MAX) };
    const url = `/operator/v1/teams/${team.id}/adjustments`;
    expect((await post(url, adjustment, OPERATOR_KEY)).status).toBe(201);
  });

  it.each(['%00', 'a%22b', '%F0%9F%98%80', 'x'.repeat(300), '*'])(
    'when its ids are those of nobody: %s',
    async (id) => {
      const operator = OPERATOR_KEY;
      const answers = await Promise.all([
        post(`/operator/v1/teams/${id}/top-ups`, { amount: 1 }, operator),
        post(`/operator/v1/teams/${id}/adjustments`, { amount: 1, reason: 'x' }, operator),
        post(`/billing/v1/charges/${id}/refunds`, {}),
        world.send({ method: 'DELETE', url: `/v1/sub-accounts/${id}`, key: team.main.key.secret }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    },
  );

  it('when its ids are empty', async () => {
    const answers = await Promise.all([
      post('/operator/v1/teams//top-ups', { amount: 1 }, OPERATOR_KEY),
      post('/billing/v1/charges//refunds', {}),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  it('when it costs nothing, as messages of test keys do', async () => {
    const { secret } = await new Cast(world).mainKey(team, 'test');
    const body = { to: '+14155550123', text: 'x'.repeat(1_600) };
    expect((await post('/v1/messages', body, secret)).status).toBe(202);
  });

  it.each(['x', '\u{1f600}', PICTURE, '\u0001'])(
    'when what is sealed in it is as long as may be: %s',
    async (sign) => {
      const metadata: Record<string, string> = {};
      for (let n = 0; n < 5; n += 1) metadata[`n${n}`] = sign.repeat(500 / sign.length / 2);
      const label = sign.repeat(LABEL_MAX / sign.length);
      const channels = Array.from({ length: NEW_CHANNELS_MAX }, (_, n) => {
        return { channel: 'sms', identifier: `+1415${sign.charCodeAt(0) % 90}${1_000 + n}`, label };
      });
      const displayName = sign.repeat(NAME_MAX / sign.length);
      const made = await post('/v1/contacts', { channels, displayName, metadata });
      expect(made.status).toBe(201);
      const { id } = made.body as { id: string };
      const large = { n: 'x'.repeat(500) };
      const url = `/v1/contacts/${id}`;
      const change = { method: 'PATCH', url, key: team.main.key.secret, body: { metadata: large } };
      expect((await world.send(change)).status).toBe(200);
      const sender = { name: sign.repeat(NAME_MAX / sign.length), emailFromName: label };
      expect((await post('/v1/senders', sender)).status).toBe(201);
    },
  );

  it('when its metadata is as large as may be', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 32 }, (_, n) => [`n${n}`, LONG]));
    const channels = [{ channel: 'telegram', identifier: '1' }];
    expect((await post('/v1/contacts', { channels, metadata })).status).toBe(201);
  });

  it.each([
    [2, 202],
    [3, 422],
  ])('when a message has %d files of 195 KiB: %d', async (count, status) => {
    const file = { filename: 'a', content: 'a'.repeat(200_000) };
    const attachments = Array.from({ length: count }, () => file);
    const body = { to: 'ada@example.com', subject: 'x', text: 'x', attachments };
    expect((await post('/v1/messages', body)).status).toBe(status);
  });
});
