import { EventStoreDbEventLog } from '@tollgate/adapter-eventstoredb';
import { InMemorySnapshots } from '@tollgate/adapter-in-memory';
import { teamStream } from '@tollgate/contracts';
import type { Log, Outcome } from '@tollgate/ports';
import {
  charge,
  collect,
  createSubAccount,
  describeWithDevstoreProcess,
  nodeDigest,
  openTeam,
  teamId,
} from '@tollgate/testing';
import { Writer, teamAggregate } from '@tollgate/writer';

const COMMANDS = 200;

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const idOf = (n: number): string => `01WR1TER${String(n).padStart(18, '0')}`;

describeWithDevstoreProcess('given a writer over an event store', (server) => {
  let events: EventStoreDbEventLog;
  let writer: Writer;

  beforeEach(async () => {
    events = new EventStoreDbEventLog({
      connectionString: server().connectionString,
      streamPrefixes: ['team-'],
      appendTimeoutMs: 300,
      log: silent,
    });
    const snapshots = new InMemorySnapshots();
    writer = new Writer(teamAggregate, { events, snapshots, digest: nodeDigest, log: silent }, {});
    await writer.submit(teamId, [
      openTeam({ openingBalance: 1_000_000 }, { id: idOf(900) }),
      createSubAccount({}, { id: idOf(901) }),
    ]);
  });

  afterEach(() => events.close());

  const submit = (n: number): Promise<readonly Outcome[]> =>
    writer.submit(teamId, [charge({ amount: 1 }, { id: idOf(n), bodyHash: n })]);

  it.each(['no-answer', 'no-answer-after-commit', 'answer-lost-after-commit'] as const)(
    'when answers to its appends get lost (%s), then each command is accepted once',
    async (fault) => {
      const outcomes: Outcome[] = [];
      for (let n = 1; n <= COMMANDS; n += 20) {
        if (n % 40 === 1) await server().setFaults({ append: fault, count: 1 });
        const batch = Array.from({ length: 20 }, (_, index) => submit(n + index));
        outcomes.push(...(await Promise.all(batch)).flat());
      }
      const stored = (await collect(events.readStream(teamStream(teamId)))).filter(
        ({ type }) => type === 'AccountCharged',
      );

      expect(outcomes.filter(({ status }) => status !== 'accepted')).toHaveLength(0);
      expect(stored.map(({ id }) => id)).toEqual(
        Array.from({ length: COMMANDS }, (_, index) => `${idOf(index + 1)}/0`),
      );
    },
  );
});
