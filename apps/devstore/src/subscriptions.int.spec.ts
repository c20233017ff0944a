/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  END,
  eventTypeFilter,
  jsonEvent,
  START,
  streamNameFilter,
  type Filter,
  type Position,
} from '@eventstore/db-client';
import { events, idsOf, RunningDevstore, take } from '../spec/running-devstore';

describe('subscriptions', () => {
  let server: RunningDevstore;

  beforeEach(async () => (server = await RunningDevstore.start()));
  afterEach(() => server.stop());

  it('given a log, then all of it comes, the end of it is told, and what follows', async () => {
    const before = events(300);
    await server.client.appendToStream('a', before);
    const subscription = server.client.subscribeToAll({ fromPosition: START });
    let ends = 0;
    subscription.on('caughtUp', () => (ends += 1));
    const taken = take(subscription, 303);
    await once(subscription, 'caughtUp');
    const after = events(3);
    await server.client.appendToStream('b', after);

    expect((await taken).ids).toEqual(idsOf([...before, ...after]));
    expect(ends).toBe(1);
    await subscription.unsubscribe();
  });

  it('given an empty log, then its end is told at once', async () => {
    const all = server.client.subscribeToAll();
    const one = server.client.subscribeToStream('nobody-yet');
    const waiting = take(one, 2);
    all.on('data', () => undefined);
    await Promise.all([once(all, 'caughtUp'), once(one, 'caughtUp')]);
    const made = events(2);
    await server.client.appendToStream('nobody-yet', made);

    expect((await waiting).ids).toEqual(idsOf(made));
    await Promise.all([all.unsubscribe(), one.unsubscribe()]);
  });

  it('given a place to start from, then what is after it comes', async () => {
    const made = events(5);
    const positions: Position[] = [];
    for (const event of made) {
      positions.push((await server.client.appendToStream('a', event)).position!);
    }
    const all = server.client.subscribeToAll({ fromPosition: positions[1]! });
    const one = server.client.subscribeToStream('a', { fromRevision: 2n });

    expect((await take(all, 3)).ids).toEqual(idsOf(made.slice(2)));
    expect((await take(one, 2)).ids).toEqual(idsOf(made.slice(3)));
    await Promise.all([all.unsubscribe(), one.unsubscribe()]);
  });

  it('given the end to start from, then only what is new comes', async () => {
    await server.client.appendToStream('a', events(5));
    const all = server.client.subscribeToAll({ fromPosition: END });
    const one = server.client.subscribeToStream('a', { fromRevision: END });
    const taken = [take(all, 2), take(one, 2)];
    await Promise.all([once(all, 'caughtUp'), once(one, 'caughtUp')]);
    const made = events(2);
    await server.client.appendToStream('a', made);

    for (const { ids } of await Promise.all(taken)) expect(ids).toEqual(idsOf(made));
    await Promise.all([all.unsubscribe(), one.unsubscribe()]);
  });

  it('given appends meanwhile, then none is missed or comes twice', async () => {
    await server.client.appendToStream('a', events(2_000));
    const all = take(server.client.subscribeToAll(), 3_000);
    const one = take(server.client.subscribeToStream('a'), 3_000);
    await Promise.all(
      Array.from({ length: 100 }, () => server.client.appendToStream('a', events(10))),
    );
    const expected = Array.from({ length: 3_000 }, (_, revision) => revision);

    expect((await all).revisions).toEqual(expected);
    expect((await one).revisions).toEqual(expected);
  });

  it('given a subscriber who pauses, then it goes on where it was', async () => {
    const made = [];
    for (let round = 0; round < 30; round += 1) {
      const data = { filler: 'x'.repeat(10_000) };
      const large = Array.from({ length: 50 }, () => jsonEvent({ type: 'Large', data }));
      made.push(...large);
      await server.client.appendToStream('a', large);
    }
    const taken = take(server.client.subscribeToAll(), 1_500, () => delay(1));

    expect((await taken).ids).toEqual(idsOf(made));
  });

  it('given more appends than the server takes at a time, then all are answered', async () => {
    const made = events(1_500);
    await Promise.all(made.map((event) => server.client.appendToStream('a', event)));

    expect((await take(server.client.readStream('a'))).ids).toHaveLength(1_500);
  });

  it.each<[string, Filter]>([
    ['prefix of a stream', streamNameFilter({ prefixes: ['team-', 'x'] })],
    ['pattern of a stream', streamNameFilter({ regex: '^team-\\d$' })],
    ['prefix of a type', eventTypeFilter({ prefixes: ['Charg'] })],
    ['pattern of a type', eventTypeFilter({ regex: 'ed$' })],
  ])('given a filter by a %s, then just what matches comes', async (_, filter) => {
    const charged = events(2, 'Charged');
    await server.client.appendToStream('other-1', events(3, 'Other'));
    await server.client.appendToStream('team-1', charged);
    const subscription = server.client.subscribeToAll({ filter });
    const taken = take(subscription, 3);
    await once(subscription, 'caughtUp');
    await server.client.appendToStream('other-1', events(3, 'Other'));
    const more = events(1, 'Charged');
    await server.client.appendToStream('team-2', more);

    expect((await taken).ids).toEqual(idsOf([...charged, ...more]));
    await subscription.unsubscribe();
  });

  it('given a filter, then checkpoints come also when nothing matches', async () => {
    const checkpoints: Position[] = [];
    const filter = streamNameFilter({
      prefixes: ['nobody'],
      maxSearchWindow: 10,
      checkpointInterval: 2,
      checkpointReached: async (_, position) => void checkpoints.push(position),
    });
    const subscription = server.client.subscribeToAll({ filter });
    subscription.on('data', () => undefined);
    await once(subscription, 'caughtUp');
    const ends = [];
    for (let round = 0; round < 5; round += 1) {
      ends.push((await server.client.appendToStream('a', events(10))).position);
    }
    while (checkpoints.length < 2) await delay(5);

    expect(checkpoints).toEqual([ends[1], ends[3]]);
    await subscription.unsubscribe();
  });

  it('given a filter that is no pattern, then it is refused', async () => {
    const filter = streamNameFilter({ regex: '(' });

    await expect(take(server.client.subscribeToAll({ filter }))).rejects.toThrow(
      'INVALID_ARGUMENT',
    );
  });
});
