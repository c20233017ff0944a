import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CarrierUnavailable, type CarrierMessage, type CarrierUpdate } from '@tollgate/ports';
import { CarrierServer, json, text, type Answer } from '../spec/carrier-server';
import { HttpCarrier, type HttpCarrierOptions } from './http-carrier';
import { verifyReport } from './signature';

const secret = 'of-this-carrier';
const now = Date.UTC(2026, 0, 5);

const message: CarrierMessage = {
  type: 'message',
  id: 'msg_1',
  accountId: 'sub_1',
  to: '+14155551234',
  from: '+14155550100',
  channel: 'sms',
  messageType: 'text',
  environment: 'live',
  senderId: 'snd_1',
  segments: 1,
  content: { text: 'Grüße', metadata: { order: 7 } },
};

const takes = json(202, { providerMessageId: 'p-1' });

let server: CarrierServer;
let url: string;
let carrier: HttpCarrier;

function newCarrier(options: Partial<HttpCarrierOptions> = {}): HttpCarrier {
  const clock = { now: (): number => now };
  return new HttpCarrier({ url: `${url}/send?to=all`, secret, clock, ...options });
}

beforeEach(async () => {
  server = new CarrierServer(takes);
  url = await server.listen();
  carrier = newCarrier({ timeoutMs: 200 });
});

afterEach(async () => {
  await carrier.close();
  await server.close();
});

async function updates(
  sent: CarrierMessage = message,
  through = carrier,
): Promise<readonly CarrierUpdate[]> {
  const told: CarrierUpdate[] = [];
  for await (const update of through.deliver(sent)) told.push(update);
  return told;
}

async function unavailable(): Promise<CarrierUnavailable> {
  const error = await updates().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CarrierUnavailable);
  return error as CarrierUnavailable;
}

describe('a message over HTTP', () => {
  it('is one signed request that names the message', async () => {
    await updates();
    const [request] = server.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/send?to=all',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'msg_1' },
    });
    const { id: messageId, type: _type, ...rest } = message;
    expect(JSON.parse(request!.body)).toEqual({ messageId, ...rest });
    const signature = request!.headers['x-tollgate-signature'] as string;
    expect(verifyReport(request!.body, signature, secret, now)).toBe(true);
    expect(verifyReport(request!.body, signature, 'of-another', now)).toBe(false);
  });

  it('comes again under the same key when it is asked for again', async () => {
    await updates();
    await updates();
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'msg_1',
      'msg_1',
    ]);
  });

  it.each<[string, Answer, readonly CarrierUpdate[]]>([
    [
      'sent, and a report follows',
      json(202, { providerMessageId: 'p-1' }),
      [{ status: 'sent', providerMessageId: 'p-1', reportFollows: true }],
    ],
    [
      'sent, in so many words',
      json(200, { status: 'sent', providerMessageId: 'p-1', more: 1 }),
      [{ status: 'sent', providerMessageId: 'p-1', reportFollows: true }],
    ],
    ['delivered at once', json(200, { status: 'delivered' }), [{ status: 'delivered' }]],
    [
      'delivered at once, under a name',
      json(200, { status: 'delivered', providerMessageId: 'p-1' }),
      [{ status: 'sent', providerMessageId: 'p-1' }, { status: 'delivered' }],
    ],
    [
      'refused',
      json(422, { errorCode: 'invalid_number', errorMessage: 'No such number.' }),
      [{ status: 'failed', errorCode: 'invalid_number', errorMessage: 'No such number.' }],
    ],
    [
      'failed at once',
      json(200, { status: 'failed', errorCode: 'blocked' }),
      [{ status: 'failed', errorCode: 'blocked', errorMessage: expect.stringContaining('not') }],
    ],
    [
      'refused at great length',
      json(400, { errorCode: ` ${'c'.repeat(500)}`, errorMessage: 'm'.repeat(5_000) }),
      [{ status: 'failed', errorCode: 'c'.repeat(100), errorMessage: 'm'.repeat(1_000) }],
    ],
  ])('is %s', async (_what, answer, expected) => {
    server.answer = answer;
    expect(await updates()).toEqual(expected);
  });
});

describe('an answer that settles nothing', () => {
  const refusal = { errorCode: 'busy', errorMessage: 'Later.' };

  it.each([408, 409, 425, 429, 500, 502, 503, 504])('is a status of %d', async (status) => {
    server.answer = json(status, { ...refusal, providerMessageId: 'p-1' });
    expect((await unavailable()).message).toContain(String(status));
  });

  it.each<[string, Answer]>([
    ['a page', text(200, '<html>Welcome</html>')],
    ['nothing', text(204, '')],
    ['JSON that breaks off', text(200, '{"providerMessageId":"p-1"')],
    ['null', text(200, 'null')],
    ['a list', json(200, [{ providerMessageId: 'p-1' }])],
    ['a name that is none', json(200, { providerMessageId: 7 })],
    ['an empty name', json(200, { providerMessageId: '' })],
    ['a name without end', json(200, { providerMessageId: 'p'.repeat(201) })],
    ['a status of another world', json(200, { status: 'maybe', providerMessageId: 'p-1' })],
    ['a failure without a code', json(200, { status: 'failed' })],
    ['a refusal in no known words', text(404, 'Not Found')],
    ['a refusal of the caller', json(401, { message: 'Who are you?' })],
  ])('is %s', async (_what, answer) => {
    server.answer = answer;
    await unavailable();
  });

  it('is a redirection, which is not followed', async () => {
    server.answer = text(307, '', { location: `${url}/elsewhere` });
    await unavailable();
    expect(server.requests).toHaveLength(1);
  });

  it('is more than 64 kB', async () => {
    server.answer = json(200, { providerMessageId: 'p-1', filler: 'x'.repeat(65_536) });
    await unavailable();
    server.answer = json(200, { providerMessageId: 'p-1', filler: 'x'.repeat(65_000) });
    expect(await updates()).toHaveLength(1);
  });

  it.each([
    ['120', 120_000],
    [new Date(now + 90_000).toUTCString(), 90_000],
    [new Date(now - 90_000).toUTCString(), 0],
    ['soon', undefined],
  ])('may ask for a wait: %s', async (header, expected) => {
    server.answer = json(503, refusal, { 'retry-after': header });
    expect((await unavailable()).retryAfterMs).toBe(expected);
  });
});

describe('a carrier that gives no answer', () => {
  it('may not be there', async () => {
    await server.close();
    await unavailable();
  });

  it.each<[string, Answer]>([
    ['hang up', (response) => void response.destroy()],
    [
      'hang up amid the answer',
      (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"providerMessageId":"p-1"}', () => response.destroy());
      },
    ],
    ['never begin to answer', () => undefined],
    ['never end', (response) => void response.writeHead(200).write('{')],
    [
      'answer byte by byte',
      async (response) => {
        response.writeHead(200);
        while (!response.destroyed) {
          response.write(' ');
          await delay(20);
        }
      },
    ],
  ])('may %s', async (_what, answer) => {
    server.answer = answer;
    const begin = performance.now();
    await unavailable();
    expect(performance.now() - begin).toBeLessThan(5_000);
    server.answer = takes;
    expect(await updates()).toHaveLength(1);
  });

  it('may speak another language', async () => {
    const other = createServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const misled = newCarrier({ url: `http://127.0.0.1:${port}/` });
    await expect(updates(message, misled)).rejects.toThrow(CarrierUnavailable);
    await misled.close();
    other.close();
  });

  it('may be left while it thinks', async () => {
    server.answer = () => undefined;
    const left = newCarrier();
    const told = updates(message, left).catch((error: unknown) => error);
    while (server.requests.length === 0) await delay(5);
    await left.close();
    expect(await told).toBeInstanceOf(CarrierUnavailable);
  });
});

describe('connections', () => {
  it('are few and kept, and waiting for one counts against no message', async () => {
    server.answer = async (response, request) => {
      await delay(60);
      await takes(response, request);
    };
    const few = newCarrier({ connectionsMax: 2, timeoutMs: 200 });
    const messages = Array.from({ length: 20 }, (_, n) => ({ ...message, id: `msg_${n}` }));
    const told = await Promise.all(messages.map((each) => updates(each, few)));
    expect(told.every((each) => each.length === 1)).toBe(true);
    expect(new Set(server.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(20);
    expect(server.sockets.size).toBe(2);
    await few.close();
  });
});

describe('the options', () => {
  it.each([
    [{ url: 'no address' }, 'Invalid URL'],
    [{ url: 'ftp://carrier.example.com/' }, 'http or https'],
    [{ url: 'https://carrier.example.com/', secret: '' }, 'secret'],
  ])('refuse %j', (options, why) => expect(() => newCarrier(options)).toThrow(why));
});
