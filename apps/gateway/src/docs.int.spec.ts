import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { routesOf, type OpenApi } from '../spec/bad-input/open-api';
import { GatewayWorld, type Adapters } from '../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

let world: GatewayWorld;
let document: OpenApi;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  ({ body: document } = await world.send<OpenApi>({ method: 'GET', url: '/docs-json' }));
});

afterAll(() => world.stop());

describe('the OpenAPI document', () => {
  it('declares every parameter of every path', () => {
    const missing = routesOf(document).flatMap(({ method, path, operation }) => {
      const declared = (operation.parameters ?? []).filter(({ in: place }) => place === 'path');
      const names = declared.map(({ name }) => `{${name}}`);
      const wanted = path.match(/\{\w+\}/g) ?? [];
      return wanted
        .filter((name) => !names.includes(name))
        .map((name) => `${method} ${path} ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('declares a body where one is read, and says which fields must be there', () => {
    const bodies = routesOf(document)
      .filter(({ operation }) => operation.requestBody !== undefined)
      .map(({ method, path }) => `${method} ${path}`);
    expect(bodies.sort()).toEqual([
      'PATCH /v1/contacts/{id}',
      'PATCH /v1/contacts/{id}/channels/{channelId}',
      'PATCH /v1/phone-numbers/{id}',
      'PATCH /v1/senders/{id}',
      'PATCH /v1/sub-accounts/{id}',
      'POST /billing/v1/charges',
      'POST /billing/v1/charges/batch',
      'POST /billing/v1/charges/{id}/refunds',
      'POST /carrier/v1/reports',
      'POST /operator/v1/teams',
      'POST /operator/v1/teams/{id}/adjustments',
      'POST /operator/v1/teams/{id}/api-keys',
      'POST /operator/v1/teams/{id}/top-ups',
      'POST /v1/contacts',
      'POST /v1/contacts/{id}/channels',
      'POST /v1/contacts/{id}/merge',
      'POST /v1/introspect/phone',
      'POST /v1/messages',
      'POST /v1/phone-numbers',
      'POST /v1/senders',
      'POST /v1/sub-accounts',
      'POST /v1/sub-accounts/{id}/api-keys',
    ]);
    const schemas = document.components?.schemas ?? {};
    expect(schemas['CreateSubAccountDto']?.required).toEqual(['name']);
    expect(schemas['SendMessageDto']?.required).toEqual(['to']);
    expect(schemas['CreateContactDto']?.required).toEqual(['channels']);
    expect(schemas['CreateSenderDto']?.required).toEqual(['name']);
    expect(schemas['PurchaseNumberDto']?.required).toEqual(['phoneNumber']);
  });

  it('can be read as a page', async () => {
    const { status, headers } = await world.send({ method: 'GET', url: '/docs' });
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/html');
  });
});

describe('health', () => {
  it('is for everybody, and says why it can not serve', async () => {
    expect(await world.send({ method: 'GET', url: '/health/live' })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
    const starting = await GatewayWorld.start(inMemory(), { notReady: () => 'starting' });
    const answer = await starting.send({ method: 'GET', url: '/health/ready' });
    expect(answer).toMatchObject({
      status: 503,
      body: { status: 'unavailable', reason: 'starting' },
    });
    await starting.stop();
  });
});
