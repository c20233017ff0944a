import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { NAME_MAX, REASON_MAX, REFERENCE_MAX } from '@tollgate/contracts';
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
});
