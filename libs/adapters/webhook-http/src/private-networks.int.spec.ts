import type { WebhookAnswer, WebhookCall } from '@tollgate/ports';
import { request, Agent } from 'undici';
import { Receiver } from '../test/receiver';
import { ForbiddenAddress, guardedConnector } from './guarded-connector';
import { HttpWebhookClient } from './http-webhook-client';
import { isPublicAddress } from './public-address';
import type { ResolveHost } from './resolve-host';

/*
 * Goal: no webhook reaches a private network, whatever its name leads to. Method: a receiver on the
 * loopback address must never see a connection, while name servers of ours answer what they like.
 */

const call: Omit<WebhookCall, 'url'> = {
  body: '{}',
  secret: 'whsec_a',
  signatureVersion: 'v2',
  at: 1_767_225_600_000,
};

let target: Receiver;

beforeEach(async () => (target = await Receiver.open()));
afterEach(() => target.close());

async function post(url: string, resolve: ResolveHost): Promise<WebhookAnswer> {
  const client = new HttpWebhookClient({ resolve, timeoutMs: 2_000 });
  const answer = await client.post({ ...call, url });
  await client.close();
  return answer;
}

const forbidden = { isDelivered: false, reason: 'FORBIDDEN_ADDRESS' };

describe('a receiver in a private network', () => {
  it.each([
    [['127.0.0.1']],
    [['::1', '::ffff:127.0.0.1', '10.0.0.1', '169.254.169.254']],
    [['64:ff9b::7f00:1', '2002:7f00:1::']],
    [[]],
  ])('is not called by a name that leads to %j', async (addresses) => {
    const url = `https://hooks.example.com:${target.port}/`;
    expect(await post(url, async () => addresses)).toEqual(forbidden);
    expect(target.connections).toBe(0);
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
  ])('is not called as %s', async (host) => {
    const url = `https://${host}:${target.port}/`;
    const reason = 'the URL breaks a rule: public_host';
    expect(await post(url, async () => ['127.0.0.1'])).toEqual({ isDelivered: false, reason });
    expect(target.connections).toBe(0);
  });

  it('is not called without encryption', async () => {
    const url = `http://hooks.example.com:${target.port}/`;
    const reason = 'the URL breaks a rule: https';
    expect(await post(url, async () => ['127.0.0.1'])).toEqual({ isDelivered: false, reason });
  });
});

describe('a name', () => {
  it('that nobody can resolve is a failure like any other', async () => {
    const resolve: ResolveHost = () => {
      return Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    };
    const answer = await post('https://hooks.example.com/', resolve);
    expect(answer).toEqual({ isDelivered: false, reason: 'ENOTFOUND' });
  });

  it('that takes long to resolve takes no longer than a call may', async () => {
    const client = new HttpWebhookClient({
      resolve: () => new Promise(() => undefined),
      timeoutMs: 100,
    });
    const answer = await client.post({ ...call, url: 'https://hooks.example.com/' });
    expect(answer).toEqual({ isDelivered: false, reason: 'no answer within 100 ms' });
    await client.close();
  });

  it('leads to the addresses that were checked', async () => {
    const client = new HttpWebhookClient({
      allowPrivate: true,
      resolve: async () => ['127.0.0.1'],
    });
    const answer = await client.post({ ...call, url: target.urlOn('hooks.example.com') });
    await client.close();
    expect(answer).toEqual({ isDelivered: true });
    expect(target.received[0]?.headers.host).toBe(`hooks.example.com:${target.port}`);
  });

  it('is looked up as other programs do where private receivers are allowed', async () => {
    const client = new HttpWebhookClient({ allowPrivate: true });
    const answer = await client.post({ ...call, url: target.urlOn('localhost') });
    await client.close();
    expect(answer).toEqual({ isDelivered: true });
  });
});

describe('a connector', () => {
  const post = async (
    url: string,
    isAllowed: (address: string) => boolean,
    addresses = ['127.0.0.1'],
  ): Promise<unknown> => {
    const resolve = async (): Promise<string[]> => addresses;
    const agent = new Agent({ connect: guardedConnector({ resolve, isAllowed, timeoutMs: 500 }) });
    const failure = await request(url, { dispatcher: agent }).catch((thrown: unknown) => thrown);
    await agent.destroy();
    return failure;
  };

  it('connects to no address that is forbidden, also without a lookup', async () => {
    for (const host of ['127.0.0.1', '[::1]', '0.0.0.0']) {
      expect(await post(target.urlOn(host), isPublicAddress)).toBeInstanceOf(ForbiddenAddress);
    }
    expect(target.connections).toBe(0);
  });

  it('tries none of the forbidden addresses that a name leads to beside others', async () => {
    const url = target.urlOn('hooks.example.com');
    const isAllowed = (address: string): boolean => address !== '127.0.0.1';
    const failure = await post(url, isAllowed, ['127.0.0.1', '127.0.0.2', '127.0.0.1']);
    expect(failure).toMatchObject({ code: 'ECONNREFUSED' });
    expect(target.connections).toBe(0);
  });

  it('asks once, so that no second answer can be another one', async () => {
    const answers = [['127.0.0.1']];
    const resolve = async (): Promise<string[]> => answers.shift() ?? ['127.0.0.2'];
    const agent = new Agent({
      connect: guardedConnector({ resolve, isAllowed: () => true, timeoutMs: 500 }),
    });
    const { statusCode } = await request(target.urlOn('a.example.com'), { dispatcher: agent });
    await agent.destroy();
    expect(statusCode).toBe(200);
    expect(answers).toEqual([]);
  });

  it('sends nothing on a connection that leads elsewhere than it was told', async () => {
    let checks = 0;
    const isAllowedAtFirst = (): boolean => (checks += 1) === 1;
    const failure = await post(target.urlOn('hooks.example.com'), isAllowedAtFirst);
    expect(failure).toBeInstanceOf(ForbiddenAddress);
    expect(checks).toBe(2);
    expect(target.received).toEqual([]);
  });
});
