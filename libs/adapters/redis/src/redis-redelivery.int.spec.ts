import { setTimeout as delay } from 'node:timers/promises';
import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { ReadModelsLost, ReadModelsUnavailable, type ProjectedEvents } from '@tollgate/ports';
import { describeWithRedisProcess } from '@tollgate/testing';
import fc from 'fast-check';
import { connectTo, readModelsOn } from '../test/connections';
import { INDEXES, randomLog, ROWS, TEAMS } from '../test/random-log';
import type { RedisConnection, RedisReadModels } from '.';

const EVENTS = 150;
const RUNS = 25;

/** What happens while the log is followed; each goes on with the next batch, so many events. */
type Step = { readonly kind: 'follow' | 'redeliver' | 'kill' | 'empty'; readonly events: number };

const steps = fc.array(
  fc.record<Step>({
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('follow' as const) },
      { weight: 4, arbitrary: fc.constant('redeliver' as const) },
      { weight: 2, arbitrary: fc.constant('kill' as const) },
      { weight: 1, arbitrary: fc.constant('empty' as const) },
    ),
    events: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 10 },
);

describeWithRedisProcess('read models that are told things again and again', (redis) => {
  let connection: RedisConnection;

  beforeEach(() => {
    connection = connectTo({ url: redis().url });
  });

  afterEach(() => connection.close());

  /** Goes on until all is applied, as a projection does: from the checkpoint after a loss. */
  async function deliver(readModels: RedisReadModels, log: ProjectedEvents[], from: number) {
    for (let at = from; at < log.length;) {
      try {
        const batch = log.slice(at, at + 40);
        await readModels.apply(batch);
        at += batch.length;
      } catch (fault) {
        if (fault instanceof ReadModelsLost) at = await readModels.checkpoint();
        else if (!(fault instanceof ReadModelsUnavailable)) throw fault;
        else await delay(5);
      }
    }
  }

  async function take(step: Step, readModels: RedisReadModels, log: ProjectedEvents[]) {
    const at = await readModels.checkpoint();
    const from = step.kind === 'redeliver' ? Math.max(0, at - step.events) : at;
    const to = Math.min(log.length, at + step.events);
    if (step.kind === 'empty') await connection.client.flushall();
    const delivered = deliver(readModels, log.slice(0, to), from);
    if (step.kind === 'kill') {
      await redis().kill();
      await redis().start();
    }
    await delivered;
    while (connection.client.status !== 'ready') await delay(5);
  }

  it('given redeliveries, kills and losses, then they are those of the log told once', async () => {
    const property = fc.asyncProperty(fc.integer(), steps, async (seed, script) => {
      const log = randomLog(seed, EVENTS);
      const expected = new InMemoryReadModels();
      await expected.apply(log);
      const readModels = readModelsOn(connection);
      for (const step of script) await take(step, readModels, log);
      await deliver(readModels, log, await readModels.checkpoint());

      await expectSame(readModels, expected);
      expect(await readModels.checkpoint()).toBe(log.length);
    });
    await fc.assert(property, { numRuns: RUNS });
  });
});

async function expectSame(actual: RedisReadModels, expected: InMemoryReadModels): Promise<void> {
  for (const team of TEAMS) {
    for (const row of ROWS) {
      const key = `{${team}}/${row}`;
      expect([key, await actual.get(key)]).toEqual([key, await expected.get(key)]);
    }
    for (const stream of [team, `message-${team}`]) {
      const revision = await actual.revisionOf(stream, team);
      expect([stream, revision]).toEqual([stream, await expected.revisionOf(stream)]);
    }
    const request = { limit: 1_000 };
    for (const index of INDEXES.map((name) => `{${team}}/${name}`)) {
      expect(await actual.list(index, request)).toEqual(await expected.list(index, request));
    }
  }
  expect(await actual.list('teams', { limit: 9 })).toEqual(
    await expected.list('teams', { limit: 9 }),
  );
}
