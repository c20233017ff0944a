import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import type { Charge, CommandMetadata } from '@tollgate/domain';
import { APPEND_EVENTS_MAX } from '@tollgate/ports';
import {
  FaultyEventLog,
  charge,
  createSubAccount,
  openTeam,
  revokeApiKey,
  subKeyId,
  teamId,
  topUp,
  updateSubAccount,
} from '@tollgate/testing';
import { ScriptedReads } from '../spec/scripted-reads';
import {
  Stage,
  accepted,
  countOf,
  expectSound,
  inShort,
  nextId,
  storedEvents,
} from '../spec/stage';

const aCharge = (amount: number, as: Partial<CommandMetadata> = {}): Charge =>
  charge({ amount }, { id: nextId(), bodyHash: amount, ...as });

const manyCharges = (count: number): Charge[] => Array.from({ length: count }, () => aCharge(1));

describe('given a log that can fail', () => {
  let log: FaultyEventLog;
  let stage: Stage<ScriptedReads>;

  beforeEach(async () => {
    log = new FaultyEventLog(new InMemoryEventLog());
    stage = new Stage(new ScriptedReads(log), new InMemorySnapshots());
    await stage.send(
      openTeam({ openingBalance: 10_000 }, { id: nextId() }),
      createSubAccount({}, { id: nextId() }),
    );
  });

  afterEach(() => expectSound(log, teamId));

  const chargedIds = async (): Promise<string[]> =>
    (await storedEvents(log, teamId)).slice(5).map(({ metadata }) => metadata.commandId);

  const balance = async (): Promise<number> => {
    const outcome = accepted(await stage.sendOne(topUp({ amount: 1 }, { id: nextId() })));
    return (outcome.events[0] as { data: { balanceAfter: number } }).data.balanceAfter - 1;
  };

  describe('when the answer to an append is lost', () => {
    it('but it happened, then the commands are accepted, once, and repeat nothing', async () => {
      log.failAppends('written-answer-lost');
      const [one, two, tooMuch] = [aCharge(10), aCharge(20), aCharge(20_000)];
      const outcomes = await stage.send(one, two, one, tooMuch);

      expect(inShort(outcomes)).toEqual([
        'accepted',
        'accepted',
        'repeated',
        'insufficient_balance',
      ]);
      expect(outcomes[0]).toMatchObject({ commandId: one.id, at: one.at });
      expect(accepted(outcomes[1]).events).toMatchObject([{ data: { balanceAfter: 9_970 } }]);
      expect(await chargedIds()).toEqual([one.id, two.id]);
    });

    it('and it did not happen, then the commands are accepted, each once', async () => {
      log.failAppends('request-lost', 'request-lost');
      const [one, two] = [aCharge(10), aCharge(20)];

      expect(inShort(await stage.send(one, two))).toEqual(['accepted', 'accepted']);
      expect(await chargedIds()).toEqual([one.id, two.id]);
    });

    it('and it happened at the second try, then the commands are accepted, each once', async () => {
      log.failAppends('request-lost', 'written-answer-lost');
      const one = aCharge(10);

      expect(inShort(await stage.send(one))).toEqual(['accepted']);
      expect(await chargedIds()).toEqual([one.id]);
    });

    it('every time, then the outcome is unknown until somebody asks again', async () => {
      log.failAppends(...Array<'request-lost'>(5).fill('request-lost'));
      const [one, tooMuch] = [aCharge(10), aCharge(20_000)];
      const outcomes = await stage.send(one, tooMuch);

      expect(outcomes).toEqual(
        [one, tooMuch].map(({ id: commandId }) => ({ status: 'unknown', commandId })),
      );
      expect(inShort(await stage.send(one, tooMuch))).toEqual(['accepted', 'insufficient_balance']);
    });

    it.each(['written-answer-lost', 'request-lost'] as const)(
      '(%s) and the log can not be read, then every outcome is unknown',
      async (fault) => {
        log.failAppends(fault);
        stage.events.failReadsNumbered(1);
        const [one, tooMuch] = [aCharge(10), aCharge(20_000)];
        const outcomes = await stage.send(one, tooMuch);

        expect(inShort(outcomes)).toEqual(['unknown', 'unknown']);
        const again = await stage.send(one, tooMuch);
        expect(inShort(again)).toEqual(['accepted', 'insufficient_balance']);
        expect(await chargedIds()).toEqual([one.id]);
      },
    );

    it('and the tail can be read but not the answer in it, then that one is unknown', async () => {
      log.failAppends('written-answer-lost');
      stage.events.failReadsNumbered(2);
      const [one, two] = [aCharge(10), aCharge(20)];
      const outcomes = await stage.send(one, two);

      expect(outcomes[0]).toEqual({ status: 'unknown', commandId: one.id });
      expect(inShort(await stage.send(one, two))).toEqual(['repeated', 'repeated']);
      expect(await balance()).toBe(9_970);
    });

    it('then a try that the log does not take leaves the outcome unknown', async () => {
      log.failAppends('request-lost', 'unavailable');

      expect(inShort(await stage.send(aCharge(10)))).toEqual(['unknown']);
    });

    it.each(['written-answer-lost', 'request-lost'] as const)(
      '(%s) and another writer comes before the tail is read, then it is found all the same',
      async (fault) => {
        const other = stage.newWriter();
        const one = aCharge(10);
        log.failAppends(fault);
        stage.events.onNextRead(async () => {
          await other.submit(teamId, [topUp({ amount: 1 }, { id: nextId() })]);
        });

        expect(inShort(await stage.send(one))).toEqual(['accepted']);
        expect((await chargedIds()).filter((id) => id === one.id)).toHaveLength(1);
        expect(await balance()).toBe(9_991);
      },
    );

    it.each([
      [
        'its account is suspended',
        () => updateSubAccount({ status: 'inactive' }, { id: nextId() }),
      ],
      ['its key is revoked', () => revokeApiKey({}, { id: nextId() })],
    ])('and %s before the tail is read, then it was accepted', async (_, change) => {
      const other = stage.newWriter();
      const [one, two] = [aCharge(10, { keyId: subKeyId }), aCharge(20, { keyId: subKeyId })];
      log.failAppends('written-answer-lost');
      stage.events.onNextRead(async () => void (await other.submit(teamId, [change()])));
      const outcomes = await stage.send(one, { ...one, bodyHash: 7 });
      const [later] = await stage.send(two);

      expect(outcomes[0]).toMatchObject({ status: 'accepted', commandId: one.id, isRepeat: false });
      expect(outcomes[1]!.status).toBe('refused');
      expect(later!.status).toBe('refused');
      expect(await balance()).toBe(9_990);
    });
  });

  describe('when an append is not taken', () => {
    it('then nothing was done, and the next commands are decided on the log', async () => {
      log.failAppends('unavailable');
      const [one, two] = [aCharge(10), aCharge(20)];

      expect(inShort(await stage.send(one, two))).toEqual(['unavailable', 'unavailable']);
      expect(await chargedIds()).toEqual([]);
      expect(inShort(await stage.send(two))).toEqual(['accepted']);
      expect(await balance()).toBe(9_980);
    });

    it('in a batch that needs several, then what was appended before is answered', async () => {
      let appends = 0;
      log.onAppend(() => {
        appends += 1;
        if (appends === 2) log.failAppends('unavailable');
      });
      const charges = manyCharges(APPEND_EVENTS_MAX + 10);
      const outcomes = await stage.send(...charges);

      const stored = await chargedIds();
      expect(stored.length).toBeGreaterThan(1_000);
      expect(
        outcomes.slice(0, stored.length).map((outcome) => accepted(outcome).commandId),
      ).toEqual(stored);
      expect(new Set(inShort(outcomes.slice(stored.length)))).toEqual(new Set(['unavailable']));
      expect(countOf(inShort(await stage.send(...charges))).get('repeated')).toBe(stored.length);
      expect((await chargedIds()).sort()).toEqual(charges.map(({ id }) => id).sort());
    });

    it('or its answer is lost for good, then only what was in it or after is unknown', async () => {
      let appends = 0;
      log.onAppend(() => {
        appends += 1;
        if (appends > 1) log.failAppends('request-lost');
      });
      const charges = manyCharges(APPEND_EVENTS_MAX + 10);
      const outcomes = await stage.send(...charges);

      const { length } = await chargedIds();
      expect(new Set(inShort(outcomes.slice(0, length)))).toEqual(new Set(['accepted']));
      expect(new Set(inShort(outcomes.slice(length)))).toEqual(new Set(['unknown']));
    });
  });

  describe('when the log can not be read', () => {
    it('at first, then nothing was done, and later all goes on', async () => {
      stage.restart();
      stage.events.failReadsNumbered(1, 2);

      expect(inShort(await stage.send(aCharge(1)))).toEqual(['unavailable']);
      expect(inShort(await stage.send(aCharge(1)))).toEqual(['unavailable']);
      expect(inShort(await stage.send(aCharge(1)))).toEqual(['accepted']);
    });

    it('for a first answer, then only that repeat is unknown, never undone, refused', async () => {
      const one = aCharge(10);
      await stage.send(one);
      stage.events.failReadsNumbered(1);
      const outcomes = await stage.send(one, aCharge(1), one);

      expect(outcomes[0]).toEqual({ status: 'unknown', commandId: one.id });
      expect(inShort(outcomes.slice(1))).toEqual(['accepted', 'repeated']);
    });

    it('to make sure of a refusal, then it is not given', async () => {
      stage.events.failReadsNumbered(1);

      expect(inShort(await stage.send(aCharge(20_000)))).toEqual(['unavailable']);
      expect(inShort(await stage.send(aCharge(20_000)))).toEqual(['insufficient_balance']);
    });
  });

  it('when callers wait behind a fault, then each gets the outcome of its own batch', async () => {
    log.failAppends('unavailable');
    const first = stage.send(aCharge(1));
    await new Promise(setImmediate);
    const later = [stage.send(aCharge(2)), stage.send(aCharge(3))];

    expect(inShort(await first)).toEqual(['unavailable']);
    expect(inShort((await Promise.all(later)).flat())).toEqual(['accepted', 'accepted']);
  });
});
