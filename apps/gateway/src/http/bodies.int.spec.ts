import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../../spec/answer';
import { Cast, type Team } from '../../spec/cast';
import { GatewayWorld, type Adapters } from '../../spec/world';

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

type Body = object | string | Buffer;

const post = (url: string, body: Body, headers = {}): Promise<Answer> =>
  world.send({ method: 'POST', url, key: team.main.key.secret, body, headers });
const create = (body: Body, headers = {}): Promise<Answer> =>
  post('/v1/sub-accounts', body, headers);
const charge = (body: Body): Promise<Answer> => post('/billing/v1/charges', body);
const send = (body: Body): Promise<Answer> => post('/v1/messages', body);

/** Refused with 400 for this place, changing nothing. */
async function expectInvalid(
  answering: Promise<Answer>,
  path: (string | number)[],
  message: unknown = expect.any(String),
): Promise<void> {
  const before = world.eventCount;
  const answer = await answering;
  expect(faultsOf(answer)).toEqual([]);
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', details: { errors: [{ path, message }] } },
  });
  expect(world.eventCount).toBe(before);
}

const nested = (levels: number): string =>
  `{"name":"x","metadata":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;

describe('a JSON body', () => {
  it.each(['null', '[]', '[{"name":"x"}]', '1', '"x"', 'true'])('must be an object: %s', (body) =>
    Promise.all([
      expectInvalid(create(body), ['body'], 'must be a JSON object'),
      expectInvalid(charge(body), ['body'], 'must be a JSON object'),
    ]),
  );

  it.each(['{', '{"name":"x"', '{"name":"x"}}', "{'name':'x'}", '{"name":x}', '{"a":1,}', ' '])(
    'must be JSON: %s',
    (body) => expectInvalid(create(body), ['body'], 'must be valid JSON'),
  );

  it.each(['{"name":"x","__proto__":{"a":1}}', '{"name":"x","constructor":{"prototype":{}}}'])(
    'may not poison a prototype: %s',
    (body) => expectInvalid(create(body), ['body'], 'must be valid JSON'),
  );

  it.each(['constructor', 'hasOwnProperty', 'toString', 'valueOf', 'then', 'unknown'])(
    'may not have a field that nobody knows: %s',
    (name) =>
      Promise.all([
        expectInvalid(create({ name: 'x', [name]: 1 }), [name], 'is not a known field'),
        expectInvalid(charge({ amount: 1, [name]: 1 }), [name], 'is not a known field'),
      ]),
  );

  it('is no promise', async () => {
    await expectInvalid(create('{"name":"x","then":{}}'), ['then'], 'is not a known field');
    await expectInvalid(send({ to: '+1', then: { a: 1 } }), ['then'], 'is not a known field');
  });

  it.each(['["a"]', '{"a":1}', '{"toString":1}', '1', 'null', 'true', '""'])(
    'is not coerced: a name of %s',
    (name) => expectInvalid(create(`{"name":${name}}`), ['name']),
  );

  it('counts as empty when there is none', async () => {
    await expectInvalid(create(''), ['name'], 'must be a string');
    await expectInvalid(charge(''), ['amount'], 'is required');
    await expectInvalid(
      world.send({ method: 'POST', url: '/v1/sub-accounts', key: team.main.key.secret }),
      ['name'],
      'must be a string',
    );
  });

  it('is not nested deeper than a reader can go', async () => {
    const message = 'must not be nested deeper than 64';
    expect((await create(nested(63))).status).toBe(201);
    await expectInvalid(create(nested(64)), ['body'], message);
    await expectInvalid(create(nested(100_000)), ['body'], message);
    await expectInvalid(create(`${'['.repeat(300_000)}${']'.repeat(300_000)}`), ['body']);
    await expectInvalid(charge(`{"amount":${'['.repeat(300_000)}${']'.repeat(300_000)}}`), [
      'amount',
    ]);
  });

  it('is UTF-8, with or without a byte order mark', async () => {
    const text = '{"name":"ñ漢😀"}';
    const marked = await create(`\ufeff${text}`);
    expect(marked.body).toMatchObject({ subAccount: { name: 'ñ漢😀' } });
    const invalid = [Buffer.from('{"name":"\xff\xfe"}', 'latin1'), Buffer.from(text, 'utf16le')];
    const overlong = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc0, 0xaf, 0x22])]);
    for (const body of [...invalid, overlong]) {
      await expectInvalid(create(body), ['body'], 'must be UTF-8');
    }
  });

  it('has no half of a surrogate pair: two keys would become one', async () => {
    const message = 'must not contain half of a surrogate pair';
    await expectInvalid(create('{"name":"\\ud83d"}'), ['body'], message);
    await expectInvalid(create('{"name":"x","metadata":{"\\ude00":1}}'), ['body'], message);
    await expectInvalid(charge('{"amount":1,"idempotencyKey":"\\uD800"}'), ['body'], message);
    const whole = await create('{"name":"\\ud83d\\ude00 \\\\ud83d"}');
    expect(whole.body).toMatchObject({ subAccount: { name: '😀 \\ud83d' } });
  });

  it('keeps the last of two fields with one name', async () => {
    const answer = await charge('{"amount":5,"amount":1}');
    expect(answer.body).toMatchObject({ charge: { amount: 1, amountMicros: 10_000 } });
  });

  it('keeps metadata as it was sent, whatever its names are', async () => {
    const metadata = { constructor: 1, hasOwnProperty: { toString: [1] }, length: 2, a: null };
    expect((await create({ name: 'x', metadata })).body).toMatchObject({
      subAccount: { metadata },
    });
    const answer = await send({
      to: '+14155550123',
      text: 'Hello',
      metadata: { constructor: 'a', toString: 'b' },
    });
    expect(answer.text).toContain('"metadata":{"constructor":"a","toString":"b"}');
  });

  it('has at most one mebibyte, a batch of charges two', async () => {
    const large = { name: 'x', metadata: { a: 'x'.repeat(1_100_000) } };
    const answer = await create(large);
    expect(faultsOf(answer)).toEqual([]);
    expect(answer).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    const charges = Array.from({ length: 1_000 }, () => ({ amount: 0.0001 }));
    const padding = ' '.repeat(1_100_000);
    const batch = await post(
      '/billing/v1/charges/batch',
      `${JSON.stringify({ charges })}${padding}`,
    );
    expect(batch.status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense'])(
    'is sent as JSON: %s',
    async (type) => {
      const before = world.eventCount;
      const answer = await create('{"name":"x"}', { 'content-type': type });
      expect(faultsOf(answer)).toEqual([]);
      expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
      expect(world.eventCount).toBe(before);
    },
  );

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;v=1'])(
    'may be JSON by any spelling: %s',
    async (type) => {
      expect((await create('{"name":"x"}', { 'content-type': type })).status).toBe(201);
    },
  );
});

describe('attachments', () => {
  const withAttachments = (attachments: unknown): Promise<Answer> =>
    send({ to: 'a@example.com', subject: 'Hi', text: 'Hello', attachments });

  it.each([[null], [{}], ['a'], [[null]], [[1]], [[[]]]])('are a list of objects: %j', (value) =>
    expectInvalid(withAttachments(value), ['attachments']),
  );

  it('have a name, and content or a path', async () => {
    const path = 'https://example.com/a.pdf';
    await expectInvalid(withAttachments([{ path }]), ['attachments', 0, 'filename']);
    await expectInvalid(withAttachments([{ filename: 'a' }]), ['attachments', 0]);
    const strange = { filename: { constructor: 1 }, path };
    await expectInvalid(withAttachments([strange]), ['attachments', 0, 'filename']);
    await expectInvalid(withAttachments([{ filename: 'a', path, x: 1 }]), ['attachments', 0, 'x']);
    expect((await withAttachments([{ filename: 'a', path }])).status).toBe(202);
  });
});
