import { Stage } from '../../spec/stage';
import type { Answer } from '../../spec/answer';
import { GatewayWorld } from '../../spec/world';

const URL = '/carrier/v1/reports';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});

afterAll(() => stage.stop());

function report(body: string, signature?: string, type = 'application/json'): Promise<Answer> {
  const headers = {
    'content-type': type,
    ...(signature === undefined ? {} : { 'x-tollgate-signature': signature }),
  };
  return stage.world.send({ method: 'POST', url: URL, body, headers });
}

const signed = (body: unknown): Promise<Answer> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return report(text, stage.world.signature(text));
};

const delivered = (messageId: string): object => {
  return { messageId, providerMessageId: 'p-1', status: 'delivered' };
};

describe('reports of a carrier', () => {
  it('are answered one by one, in their order', async () => {
    const list = ['msg_a', 'msg_b'].map(delivered);
    expect(await signed(list)).toMatchObject({
      status: 200,
      body: {
        results: [
          { messageId: 'msg_a', status: 'unknown_message' },
          { messageId: 'msg_b', status: 'unknown_message' },
        ],
      },
    });
    expect(await signed(delivered('msg_a'))).toMatchObject({
      status: 200,
      body: { results: [{ messageId: 'msg_a', status: 'unknown_message' }] },
    });
  });

  it('are believed only with a signature over these very bytes, from just now', async () => {
    const text = JSON.stringify(delivered('msg_a'));
    const good = stage.world.signature(text);
    const wrong = [undefined, '', 'x', good.replace('v1=', 'v1=0'), `t=1,${good.split(',')[1]}`];
    for (const signature of wrong) {
      expect(await report(text, signature)).toMatchObject({
        status: 401,
        body: { code: 'unauthorized', message: 'Invalid or missing signature.' },
      });
    }
    expect((await report(`${text} `, good)).status).toBe(401);
    expect((await report(text, good)).status).toBe(200);
    stage.clock.advance(301_000);
    expect((await report(text, good)).status).toBe(401);
  });

  it.each([
    '',
    '{',
    '[]',
    '1',
    '[1]',
    '{}',
    '{"messageId":"msg_a","providerMessageId":"p","status":"read"}',
    '{"messageId":"../x","providerMessageId":"p","status":"delivered"}',
    JSON.stringify(Array.from({ length: 101 }, () => delivered('msg_a'))),
  ])('are refused as a whole when one is none: %s', async (body) => {
    expect(await signed(body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', details: { errors: [{ path: ['body'] }] } },
    });
  });

  it('are JSON', async () => {
    const text = JSON.stringify(delivered('msg_a'));
    const answer = await report(text, stage.world.signature(text), 'text/plain');
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });

  it('have no route where no carrier tells anything later', async () => {
    const without = await Stage.start({ carrierReports: undefined });
    const answer = await without.world.send({ method: 'POST', url: URL, body: {} });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await without.world.routes()).map(({ path }) => path)).not.toContain(URL);
    await without.stop();
  });
});

describe('reports of one message', () => {
  it('are recorded in their order, those of others beside them', async () => {
    const recorded: string[] = [];
    const carrierReports = {
      verify: () => true,
      parse: (body: Uint8Array) => JSON.parse(Buffer.from(body).toString()) as never,
      record: async ({ messageId, status }: { messageId: string; status: string }) => {
        if (recorded.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        recorded.push(`${messageId} ${status}`);
        return 'recorded' as const;
      },
    };
    const other = await Stage.start({ carrierReports });
    const body = JSON.stringify([
      { messageId: 'msg_a', status: 'failed' },
      { messageId: 'msg_a', status: 'delivered' },
    ]);
    const headers = { 'content-type': 'application/json' };
    const answer = await other.world.send({ method: 'POST', url: URL, body, headers });
    expect(answer.status).toBe(200);
    expect(recorded).toEqual(['msg_a failed', 'msg_a delivered']);
    await other.stop();
    expect(other.world).toBeInstanceOf(GatewayWorld);
  });
});
