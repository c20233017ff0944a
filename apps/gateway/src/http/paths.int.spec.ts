import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../../spec/answer';
import { Cast, type Team } from '../../spec/cast';
import { GatewayWorld, OPERATOR_KEY, type Adapters } from '../../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

let world: GatewayWorld;
let team: Team;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  team = await new Cast(world).team();
});

afterAll(() => world.stop());

function request(method: string, url: string, key = team.main.key.secret): Promise<Answer> {
  return world.send({ method, url, key });
}

describe('a path', () => {
  it.each([
    ['GET', '/v1'],
    ['GET', '/v1/'],
    ['GET', '/v1/nothing'],
    ['POST', '/v1/broadcast'],
    ['GET', '/v1/contacts/any/channels/any/nothing'],
    ['GET', '/v1/sub-accounts/x/nothing'],
    ['GET', '/v1//sub-accounts'],
    ['GET', '/V1/me'],
    ['GET', '/v2/me'],
    ['GET', '/billing/v1/nothing'],
    ['PROPFIND', '/v1/nothing'],
    ['GET', '/'],
  ])('that no route has is not found: %s %s', async (method, url) => {
    const answer = await request(method, url);
    expect(faultsOf(answer)).toEqual([]);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(answer.body).toMatchObject({ message: `There is no route ${method} ${url}.` });
  });

  it.each([
    ['PUT', '/v1/sub-accounts', 'GET, HEAD, POST'],
    ['DELETE', '/v1/sub-accounts?limit=1', 'GET, HEAD, POST'],
    ['POST', '/v1/sub-accounts/any', 'DELETE, GET, HEAD, PATCH'],
    ['POST', '/v1/sub-accounts/any/balance', 'GET, HEAD'],
    ['GET', '/v1/sub-accounts/any/api-keys/any', 'DELETE'],
    ['PATCH', '/v1/messages/any', 'GET, HEAD'],
    ['PUT', '/v1/contacts', 'GET, HEAD, POST'],
    ['PUT', '/v1/contacts/any', 'DELETE, GET, HEAD, PATCH'],
    ['GET', '/v1/contacts/any/merge', 'POST'],
    ['GET', '/v1/senders/any/webhook/secret', 'POST'],
    ['GET', '/carrier/v1/reports', 'POST'],
    ['POST', '/v1/balance', 'GET, HEAD'],
    ['GET', '/billing/v1/charges', 'POST'],
    ['GET', '/billing/v1/charges/any/refunds', 'POST'],
    ['OPTIONS', '/v1/me', 'GET, HEAD'],
    ['TRACE', '/v1/me', 'GET, HEAD'],
  ])('says which methods it has: %s %s', async (method, url, allow) => {
    const answer = await request(method, url);
    expect(faultsOf(answer)).toEqual([]);
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(answer.headers['allow']).toBe(allow);
  });

  it('says so to the operator too', async () => {
    const answer = await request('DELETE', `/operator/v1/teams/${team.id}`, OPERATOR_KEY);
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it.each(['/v1/sub-accounts', '/v1/me', '/health/live'])('has a head: %s', async (url) => {
    const { status, headers, text } = await request('HEAD', url);
    const whole = await request('GET', url);
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(headers['content-length']).toBe(String(Buffer.byteLength(whole.text)));
  });

  it.each(['/v1/%zz', '/v1/sub-accounts/%ff', '/v1/sub-accounts/%', '/operator/%e0%a4%a'])(
    'is percent-encoded UTF-8: %s',
    async (url) => {
      const answer = await request('GET', url);
      expect(faultsOf(answer)).toEqual([]);
      expect(answer).toMatchObject({
        status: 400,
        body: {
          details: { errors: [{ path: ['url'], message: 'must be percent-encoded UTF-8' }] },
        },
      });
    },
  );
});

describe('an id in a path', () => {
  const ids = [
    '%00',
    '%20',
    '%2e%2e%2f',
    'a%2Fb',
    '%F0%9F%98%80',
    '__proto__',
    'constructor',
    '*',
    ':id',
    "'%22%3Cscript%3E",
    'sub_01M86CY63ESJK53FB4CXECR1GB',
    'x'.repeat(300),
    '%E2%82%AC'.repeat(300),
  ];

  it.each(ids)("that is nobody's is not found: %s", async (id) => {
    const before = world.eventCount;
    const answers = await Promise.all([
      request('GET', `/v1/sub-accounts/${id}`),
      request('PATCH', `/v1/sub-accounts/${id}`),
      request('DELETE', `/v1/sub-accounts/${id}`),
      request('GET', `/v1/sub-accounts/${id}/balance`),
      request('GET', `/v1/sub-accounts/${id}/api-keys`),
      request('DELETE', `/v1/sub-accounts/${id}/api-keys/${id}`),
      request('GET', `/v1/messages/${id}`),
      request('POST', `/billing/v1/charges/${id}/refunds`),
      request('GET', `/operator/v1/teams/${id}`, OPERATOR_KEY),
      request('GET', `/operator/v1/teams/${id}/api-keys`, OPERATOR_KEY),
      request('DELETE', `/operator/v1/teams/${id}/api-keys/${id}`, OPERATOR_KEY),
    ]);
    for (const answer of answers) {
      expect(faultsOf(answer)).toEqual([]);
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect(world.eventCount).toBe(before);
  });

  it('that is longer than any is refused', async () => {
    const answer = await request('GET', `/v1/sub-accounts/${'x'.repeat(301)}`);
    expect(faultsOf(answer)).toEqual([]);
    expect(answer).toMatchObject({
      status: 400,
      body: { details: { errors: [{ path: ['url'], message: 'is too long' }] } },
    });
  });
});
