/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@tollgate/testing';
import { CREDENTIALS, events, idsOf, RunningDevstore, take } from '../spec/running-devstore';

describe.each([
  ['a stream of appends', {}],
  ['a call for each append', { credentials: CREDENTIALS }],
])('faults of %s', (_, options) => {
  let server: RunningDevstore;
  let faultsUrl: string;
  let stream: string;
  let streams = 0;

  beforeAll(async () => {
    const port = await freePort();
    faultsUrl = `http://127.0.0.1:${port}/faults`;
    server = await RunningDevstore.start({ DEVSTORE_FAULTS_PORT: String(port) });
  });
  afterAll(() => server.stop());
  beforeEach(() => (stream = `team-${(streams += 1)}`));

  const append = (made: ReturnType<typeof events>) =>
    server.client.appendToStream(stream, made, options);
  const stored = async (): Promise<string[]> => {
    const read = take(server.client.readStream(stream));
    return (await read.catch(() => ({ ids: [] }))).ids;
  };

  async function ask(faults: object): Promise<unknown> {
    const answer = await fetch(faultsUrl, { method: 'POST', body: JSON.stringify(faults) });
    return answer.json();
  }

  it('given a delay, then so many appends take that long', async () => {
    await ask({ append: 'delay', delayMs: 150, count: 1 });
    const start = Date.now();
    await append(events(1));
    const delayed = Date.now() - start;

    expect(delayed).toBeGreaterThanOrEqual(145);
    expect(await (await fetch(faultsUrl)).json()).toEqual({ delayMs: 0 });
  });

  it('given an append that takes longer than its deadline, then the client learns it', async () => {
    await ask({ append: 'delay', delayMs: 600, count: 1 });
    const late = server.client.appendToStream(stream, events(1), { ...options, deadline: 100 });

    await expect(late).rejects.toMatchObject({ type: 'deadline-exceeded' });
    expect(await stored()).toEqual([]);
  });

  it('given a refusal, then nothing is stored', async () => {
    await ask({ append: 'refuse', count: 1 });

    await expect(append(events(1))).rejects.toThrow();
    expect(await stored()).toEqual([]);
    expect(await append(events(1))).toMatchObject({ nextExpectedRevision: 0n });
  });

  it.each([
    ['no-answer', 0],
    ['no-answer-after-commit', 1],
  ])('given %s, then there is none', async (fault, count) => {
    await ask({ append: fault, count: 1 });
    const made = events(1);
    const unanswered = append(made);
    unanswered.catch(() => undefined);

    expect(await Promise.race([unanswered, delay(100, 'nothing')])).toBe('nothing');
    expect(await stored()).toEqual(idsOf(made).slice(0, count));
    expect(await append(made)).toMatchObject({ nextExpectedRevision: 0n });
    expect(await stored()).toEqual(idsOf(made));
  });

  it('given a lost answer, then the append is stored, and known when repeated', async () => {
    await ask({ append: 'answer-lost-after-commit', count: 1 });
    const made = events(2);

    await expect(append(made)).rejects.toMatchObject({ type: 'unavailable' });
    expect(await stored()).toEqual(idsOf(made));
    expect(await append(made)).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('given reads that are cut, then subscribers notice', async () => {
    const subscription = server.client.subscribeToAll();
    const failed = expect(take(subscription)).rejects.toMatchObject({ type: 'unavailable' });
    await once(subscription, 'caughtUp');
    await ask({ cutReads: true });

    await failed;
  });

  it('given streams that are cut, then the next append opens another', async () => {
    await append(events(1));
    await ask({ cutStreams: true });
    await delay(20);

    expect(await append(events(1))).toMatchObject({ nextExpectedRevision: 1n });
  });

  it.each([
    { append: 'nonsense' },
    { append: 'delay', delayMs: -1 },
    { append: 'delay', count: 'x' },
  ])('given %j, then it is refused', async (faults) => {
    expect(await ask(faults)).toHaveProperty('error');
  });
});
