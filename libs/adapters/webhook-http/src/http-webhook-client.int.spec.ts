import type { ServerResponse } from 'node:http';
import type { WebhookCall } from '@tollgate/ports';
import { Receiver } from '../test/receiver';
import { HttpWebhookClient, type HttpWebhookClientOptions } from './http-webhook-client';
import { signatureOf } from './signature';

const call: Omit<WebhookCall, 'url'> = {
  body: '{"id":"evt_1","type":"message.failed","data":{"errorMessage":"não"}}',
  secret: 'whsec_a',
  signatureVersion: 'v2',
  at: 1_767_225_600_000,
};

const open: { close(): Promise<void> }[] = [];

async function receiver(answer?: (response: ServerResponse) => void): Promise<Receiver> {
  const made = await Receiver.open(answer);
  open.push(made);
  return made;
}

function client(options: HttpWebhookClientOptions = {}): HttpWebhookClient {
  const made = new HttpWebhookClient({ allowPrivate: true, timeoutMs: 5_000, ...options });
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

describe('a webhook by HTTP', () => {
  it('is posted as JSON, byte for byte, and signed', async () => {
    const { url, received } = await receiver();
    expect(await client().post({ ...call, url })).toEqual({ isDelivered: true });
    expect(received).toEqual([
      { method: 'POST', path: '/hook', body: call.body, headers: expect.anything() as unknown },
    ]);
    expect(received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(call.body)),
      'x-zavu-signature': signatureOf(call),
    });
  });

  it.each([200, 201, 202, 204, 299])('is delivered when the answer is %d', async (status) => {
    const { url } = await receiver((response) => response.writeHead(status).end());
    expect(await client().post({ ...call, url })).toEqual({ isDelivered: true });
  });

  it.each([300, 304, 400, 401, 404, 410, 429, 500, 503])(
    'is not delivered when the answer is %d',
    async (status) => {
      const { url } = await receiver((response) => response.writeHead(status).end());
      const reason = `status ${status}`;
      expect(await client().post({ ...call, url })).toEqual({ isDelivered: false, reason });
    },
  );

  it.each([301, 302, 303, 307, 308])('follows no redirect (%d)', async (status) => {
    const target = await receiver();
    const { url } = await receiver((response) => {
      response.writeHead(status, { location: target.url }).end();
    });
    const reason = `status ${status}`;
    expect(await client().post({ ...call, url })).toEqual({ isDelivered: false, reason });
    expect(target.connections).toBe(0);
  });

  it('is broken off when no answer comes in time', async () => {
    const slow = await receiver(() => undefined);
    const { url } = slow;
    const answer = await client({ timeoutMs: 100 }).post({ ...call, url });
    expect(answer).toEqual({ isDelivered: false, reason: 'no answer within 100 ms' });
    await until(() => slow.current === 0);
  });

  it('is broken off in time also when the answer comes drop by drop', async () => {
    const slow = await receiver((response) => {
      response.writeHead(500);
      const drops = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(drops));
    });
    const started = Date.now();
    const answer = await client({ timeoutMs: 200 }).post({ ...call, url: slow.url });
    expect(answer.isDelivered).toBe(false);
    expect(Date.now() - started).toBeLessThan(2_000);
    await until(() => slow.current === 0);
  });

  it('is delivered when the status said so, whatever the rest of the answer does', async () => {
    const slow = await receiver((response) => void response.writeHead(200).write('…'));
    const answer = await client({ timeoutMs: 200 }).post({ ...call, url: slow.url });
    expect(answer).toEqual({ isDelivered: true });
  });

  it('reads no answer beyond 64 kB', async () => {
    let written = 0;
    const talkative = await receiver((response) => {
      response.writeHead(200);
      const more = (): void => {
        do written += 65_536;
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const answer = await client().post({ ...call, url: talkative.url });
    expect(answer).toEqual({ isDelivered: true });
    await until(() => talkative.current === 0);
    // What lay in buffers of both sides counts, and no more.
    expect(written).toBeLessThan(16_000_000);
  });

  it('is not delivered when nobody listens', async () => {
    const gone = await Receiver.open();
    const { url } = gone;
    await gone.close();
    const answer = await client().post({ ...call, url });
    expect(answer).toEqual({ isDelivered: false, reason: 'ECONNREFUSED' });
  });

  it('is not delivered when the connection breaks', async () => {
    const { url } = await receiver((response) => response.destroy());
    const answer = await client().post({ ...call, url });
    expect(answer).toEqual({ isDelivered: false, reason: 'UND_ERR_SOCKET' });
  });

  it('is not delivered to whoever speaks no encryption when it is asked for', async () => {
    const { port } = await receiver();
    const answer = await client().post({ ...call, url: `https://127.0.0.1:${port}/` });
    expect(answer.isDelivered).toBe(false);
  });

  it('uses a connection again, and no more of them than it may', async () => {
    const one = await receiver((response) => void setTimeout(() => response.end(), 5));
    const poster = client({ connectionsMax: 3 });
    const calls = Array.from({ length: 20 }, () => poster.post({ ...call, url: one.url }));
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ isDelivered: true })));
    expect(one.received).toHaveLength(20);
    expect(one.highest).toBe(3);
    expect(one.connections).toBe(3);
  });

  it('ends with the client', async () => {
    const { url } = await receiver(() => undefined);
    const poster = client();
    const posted = poster.post({ ...call, url });
    await poster.close();
    expect(await posted).toMatchObject({ isDelivered: false });
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
