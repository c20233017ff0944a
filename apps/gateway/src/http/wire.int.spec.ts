import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Answer } from '../../spec/answer';
import { Cast, type Team } from '../../spec/cast';
import { sendRaw } from '../../spec/raw-http';
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
let port: number;

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  port = await world.listen();
  team = await new Cast(world).team();
});

afterAll(() => world.stop());

/** One request on a connection of its own, with whatever is in its lines. */
function raw(lines: readonly string[], ...body: (string | Buffer)[]): Promise<Answer> {
  const head = [...lines, 'Host: localhost', 'Connection: close', '', ''];
  return sendRaw(port, [head.join('\r\n'), ...body]);
}

const asTeam = (): string => `Authorization: Bearer ${team.main.key.secret}`;

async function expectRefused(answering: Promise<Answer>, status: number): Promise<void> {
  const before = world.eventCount;
  const answer = await answering;
  expect(faultsOf(answer)).toEqual([]);
  expect(answer.status).toBe(status);
  expect(world.eventCount).toBe(before);
}

describe('a route that needs a key', () => {
  /** Each of these URLs leads to a route; none of them begins with it. */
  const spellings = (path: string): string[] => [
    `http://localhost${path}`,
    `https://elsewhere.example${path}`,
    path.replace('/o', '/%6f').replace('/v', '/%76').replace('/b', '/%62'),
    path
      .replace('operator', '%6F%70erator')
      .replace('v1', '%761')
      .replace('billing', 'bi%6clin%67'),
  ];

  it.each([
    ['GET', '/operator/v1/teams'],
    ['POST', '/operator/v1/teams'],
    ['GET', '/v1/me'],
    ['GET', '/v1/balance'],
    ['POST', '/v1/sub-accounts'],
    ['POST', '/billing/v1/charges'],
  ])('needs it however its URL is written: %s %s', async (method, path) => {
    for (const url of spellings(path)) {
      await expectRefused(raw([`${method} ${url} HTTP/1.1`]), 401);
      await expectRefused(raw([`${method} ${url} HTTP/1.1`, 'Authorization: Bearer x']), 401);
    }
  });

  it('takes it however its URL is written', async () => {
    for (const url of spellings('/operator/v1/teams')) {
      const answer = await raw([`GET ${url} HTTP/1.1`, `Authorization: Bearer ${OPERATOR_KEY}`]);
      expect(answer.status).toBe(200);
    }
    for (const url of spellings('/v1/me')) {
      expect((await raw([`GET ${url} HTTP/1.1`, asTeam()])).status).toBe(200);
    }
  });

  it('takes the first of two', async () => {
    const wrong = 'Authorization: Bearer x';
    expect((await raw(['GET /v1/me HTTP/1.1', asTeam(), wrong])).status).toBe(200);
    await expectRefused(raw(['GET /v1/me HTTP/1.1', wrong, asTeam()]), 401);
  });
});

describe('what is hardly a request', () => {
  it.each([
    ['no HTTP', 'HELLO\r\n\r\n'],
    ['a version of its own', 'GET /v1/me HTTP/9.9\r\n\r\n'],
    ['a header without a name', 'GET /v1/me HTTP/1.1\r\n: a\r\n\r\n'],
    ['a header with a line feed', 'GET /v1/me HTTP/1.1\r\nHost: a\r\nX: \u0000\r\n\r\n'],
    ['a long header', `GET /v1/me HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['a long path', `GET /v1/${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    [
      'two lengths',
      'POST /v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    ],
    ['a negative length', 'POST /v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
    [
      'a length and chunks',
      'POST /v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
  ])('is answered like any invalid request: %s', async (_, text) => {
    await expectRefused(sendRaw(port, [text]), 400);
  });
});

describe('a body in chunks', () => {
  const chunked = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
  const chunk = (bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
  const END = '0\r\n\r\n';

  const create = (...parts: (string | Buffer)[]): Promise<Answer> =>
    raw(['POST /v1/sub-accounts HTTP/1.1', asTeam(), ...chunked], ...parts);

  it('is read as one, also when a character is cut in two', async () => {
    const bytes = Buffer.from('{"name":"😀"}');
    const parts = [...bytes].map((byte) => chunk(Buffer.from([byte])));
    const answer = await create(...parts, END);
    expect(answer).toMatchObject({ status: 201, body: { subAccount: { name: '😀' } } });
  });

  it('is refused like one', async () => {
    await expectRefused(create(END), 400);
    await expectRefused(create(chunk(Buffer.from('{"name":"\xff"}', 'latin1')), END), 400);
    await expectRefused(create(chunk(Buffer.from('{"name":')), END), 400);
    await expectRefused(create('not a chunk\r\n'), 400);
  });

  it('has the same limit', async () => {
    const large = Buffer.from(`{"name":"x","metadata":{"a":"${'x'.repeat(1_100_000)}"}}`);
    await expectRefused(create(chunk(large), END), 413);
  });
});

describe('a body with a length', () => {
  it('that is shorter than it says is no request', async () => {
    const before = world.eventCount;
    const { connect } = await import('node:net');
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        const head = ['POST /v1/sub-accounts HTTP/1.1', 'Host: a', asTeam()];
        const type = ['Content-Type: application/json', 'Content-Length: 100', '', ''];
        socket.end(`${[...head, ...type].join('\r\n')}{"name":"x"}`);
      });
      socket.resume().once('close', resolve);
    });
    expect(world.eventCount).toBe(before);
  });
});
