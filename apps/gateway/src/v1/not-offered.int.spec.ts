import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Stage } from '../../spec/stage';
import { NOT_OFFERED, whyNotOffered } from './not-offered';

const RESOURCES = path.join(path.dirname(require.resolve('@zavudev/sdk')), 'resources');
/** A call with a path that is fixed, or with one that has ids in it. */
const CALL =
  /_client\.(get|post|patch|put|delete|getAPIList)\((?:'([^']+)'|\(0, path_\d+\.path\) `([^`]+)`)/g;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});

afterAll(() => stage.stop());

interface Call {
  readonly method: string;
  readonly url: string;
}

/** Every request that the official client can make. */
function callsOfTheClient(): Call[] {
  const files = readdirSync(RESOURCES, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => {
      const source = readFileSync(path.join(RESOURCES, file), 'utf8');
      return [...source.matchAll(CALL)].map(([, method, fixed, withIds]) => ({
        method: method === 'getAPIList' ? 'GET' : method!.toUpperCase(),
        url: (fixed ?? withIds)!.replace(/\$\{\w+\}/g, 'x'),
      }));
    });
}

describe('every request of the official client', () => {
  const calls = callsOfTheClient();

  it('was found', () => {
    expect(calls.length).toBeGreaterThan(100);
    expect(calls).toContainEqual({ method: 'POST', url: '/v1/contacts/x/channels/x/primary' });
  });

  it('leads to a route, or to an answer that names what is not offered', async () => {
    const wrong: string[] = [];
    for (const { method, url } of calls) {
      const { status, body } = await stage.send<{ message: string }>(method, url, { body: {} });
      const why = whyNotOffered(url);
      const isNamed = status === 404 && body.message === why;
      const isRoute = why === undefined && !body?.message?.startsWith('There is no route');
      if ((!isNamed && !isRoute) || status === 405) wrong.push(`${method} ${url}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('what is not offered', () => {
  it('is named in a sentence', async () => {
    expect(await stage.got(404, 'POST', '/v1/broadcasts/x/send', { body: {} })).toEqual({
      code: 'not_found',
      message: 'Broadcasts are not offered by Tollgate.',
    });
    for (const { subject } of NOT_OFFERED) expect(subject).toMatch(/^[A-Z0-9].* (is|are)$/);
  });

  it('is for holders of keys to know', async () => {
    const answer = await stage.world.send({ method: 'GET', url: '/v1/templates' });
    expect(answer.status).toBe(401);
  });

  it('is no more than what it is', () => {
    for (const url of ['/v1/templatesx', '/v2/templates', '/v1/messages/x', '/v1/senders/x']) {
      expect(whyNotOffered(url)).toBe(undefined);
    }
  });

  it('stands in the README, each with its reason', () => {
    const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
    for (const { subject } of NOT_OFFERED) {
      expect(readme).toMatch(new RegExp(`^\\| ${subject.replace(/ (is|are)$/, '')}[ ,]`, 'm'));
    }
  });
});
