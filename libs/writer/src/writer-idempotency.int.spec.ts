import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import {
  IDEMPOTENCY_WINDOW_MS,
  RETRY_WINDOW_MS,
  type Charge,
  type CommandMetadata,
} from '@tollgate/domain';
import type { Accepted } from '@tollgate/ports';
import {
  FaultyEventLog,
  charge,
  createSubAccount,
  deactivateSubAccount,
  issueApiKey,
  newApiKey,
  openTeam,
  specTime,
  teamId,
  topUp,
  updateSubAccount,
} from '@tollgate/testing';
import { ChangedSnapshots, asPooledBuffers } from '../spec/snapshot-stores';
import { Stage, accepted, expectSound, inShort, nextId, storedEvents } from '../spec/stage';

const HOUR_MS = 3_600_000;

const aCharge = (amount: number, as: Partial<CommandMetadata> = {}): Charge =>
  charge({ amount }, { id: nextId(), bodyHash: amount, ...as });

const asRepeat = (first: Accepted): Accepted => ({
  ...first,
  streamRevision: expect.any(Number) as unknown as number,
  isRepeat: true,
});

describe('given a team with a balance of 100', () => {
  let stage: Stage<FaultyEventLog>;
  let snapshots: ChangedSnapshots;

  beforeEach(async () => {
    const events = new FaultyEventLog(new InMemoryEventLog());
    snapshots = new ChangedSnapshots(new InMemorySnapshots());
    stage = new Stage(events, snapshots);
    await stage.send(
      openTeam({ openingBalance: 100 }, { id: nextId() }),
      createSubAccount({}, { id: nextId() }),
    );
  });

  afterEach(() => expectSound(stage.events, teamId));

  const balance = async (): Promise<number> => {
    const outcome = accepted(await stage.sendOne(topUp({ amount: 1 }, { id: nextId() })));
    return (outcome.events[0] as { data: { balanceAfter: number } }).data.balanceAfter - 1;
  };

  it('when a command comes twice in one batch, then the second gets the first answer', async () => {
    const once = aCharge(10);
    const [first, other, second] = await stage.send(once, aCharge(5), once);

    expect(inShort([first!, other!, second!])).toEqual(['accepted', 'accepted', 'repeated']);
    expect(second).toEqual(asRepeat(accepted(first)));
    expect(await balance()).toBe(85);
  });

  it('when callers send it at once, then it is done once and all get that answer', async () => {
    const once = aCharge(10);
    const outcomes = (await Promise.all(Array.from({ length: 20 }, () => stage.send(once)))).flat();

    expect(inShort(outcomes)).toEqual(['accepted', ...Array<string>(19).fill('repeated')]);
    for (const again of outcomes.slice(1)) expect(again).toEqual(asRepeat(accepted(outcomes[0])));
    expect(await balance()).toBe(90);
  });

  it('when it comes with another body, then it is a conflict and changes nothing', async () => {
    const once = aCharge(10);
    const other = { ...aCharge(11), id: once.id };
    const [, inBatch] = await stage.send(once, other);
    const [inNext] = await stage.send(other);
    stage.restart();
    const [afterRestart] = await stage.send(other);

    const outcomes = [inBatch!, inNext!, afterRestart!];
    expect(inShort(outcomes)).toEqual(Array(3).fill('idempotency_conflict'));
    expect(await balance()).toBe(90);
  });

  it.each([
    ['a restart', Infinity, (snapshot) => snapshot],
    ['a restart from a snapshot', 1, (snapshot) => snapshot],
    ['a restart from a snapshot in views of bigger memory', 1, asPooledBuffers],
  ] satisfies [string, number, typeof snapshots.change][])(
    'when it comes again after %s, then it gets the first answer',
    async (_, snapshotEvery, change) => {
      stage.restart({ snapshotEvery });
      const commands = Array.from({ length: 60 }, (__, n) =>
        topUp({ amount: 1 }, { id: nextId(), bodyHash: n, at: specTime + n * HOUR_MS }),
      );
      const late = { at: specTime + 60 * HOUR_MS };
      const outcomes = await stage.send(...commands);
      await stage.writer.close();
      snapshots.change = change;
      stage.restart();
      const repeats = commands.slice(-48).map((command) => ({ ...command, ...late }));
      const again = await stage.send(...repeats);

      expect(again).toEqual(outcomes.slice(-48).map((outcome) => asRepeat(accepted(outcome))));
      expect((snapshots.saved[0]?.parts.length ?? 0) > 5).toBe(snapshotEvery === 1);
      expect(await balance()).toBe(160);
    },
  );

  it('when it comes within 48 hours, then it is known, however many came since', async () => {
    const once = aCharge(10);
    await stage.send(once);
    const fillers = Array.from({ length: 3_000 }, () => topUp({ amount: 1 }, { id: nextId() }));
    await stage.send(...fillers);
    const later = { ...once, at: specTime + IDEMPOTENCY_WINDOW_MS };

    expect(inShort(await stage.send(later))).toEqual(['repeated']);
    stage.restart();
    expect(inShort(await stage.send(later))).toEqual(['repeated']);
  });

  it('when a command of many events comes again, then all of them are the answer', async () => {
    const keys = Array.from({ length: 999 }, () => {
      const id = nextId();
      return issueApiKey({ apiKey: newApiKey(`key_${id}`) }, { id });
    });
    const last = deactivateSubAccount({}, { id: nextId() });
    const outcomes = await stage.send(...keys, last, topUp({ amount: 1 }, { id: nextId() }));
    const [again] = await stage.send(last);

    expect(accepted(again).events).toHaveLength(1_001);
    expect(again).toEqual(asRepeat(accepted(outcomes[999])));
  });

  it('when several old answers are asked for in any order, then each gets its own', async () => {
    const commands = [30, 10, 20, 1, 2].map((amount) => aCharge(amount));
    const outcomes = await stage.send(...commands);
    const again = await stage.send(...[3, 0, 4, 1, 2, 0].map((place) => commands[place]!));

    expect(again).toEqual([3, 0, 4, 1, 2, 0].map((place) => asRepeat(accepted(outcomes[place]))));
  });

  describe('and a command that was refused', () => {
    const tooMuch = aCharge(130);

    beforeEach(async () => {
      expect(inShort(await stage.send(tooMuch))).toEqual(['insufficient_balance']);
    });

    it('when it comes again, then it is a new attempt', async () => {
      expect(inShort(await stage.send(tooMuch))).toEqual(['insufficient_balance']);
      await stage.send(topUp({ amount: 30 }, { id: nextId() }));

      expect(inShort(await stage.send(tooMuch, tooMuch))).toEqual(['accepted', 'repeated']);
      expect(await balance()).toBe(0);
    });

    it('when the writer restarts, then the refusal has left nothing in the log', async () => {
      const before = await storedEvents(stage.events, teamId);
      stage.restart();

      expect(inShort(await stage.send(tooMuch))).toEqual(['insufficient_balance']);
      expect(await storedEvents(stage.events, teamId)).toEqual(before);
    });

    it('when its id comes with another body, then that is no conflict', async () => {
      expect(inShort(await stage.send({ ...aCharge(5), id: tooMuch.id }))).toEqual(['accepted']);
    });
  });

  it('when a command changed nothing, then its id is not used up', async () => {
    const update = updateSubAccount({ status: 'active' }, { id: nextId(), bodyHash: 1 });
    const other = updateSubAccount({ status: 'inactive' }, { id: update.id, bodyHash: 2 });

    expect(inShort(await stage.send(update, other))).toEqual(['accepted', 'accepted']);
  });

  describe('and a request without an idempotency key', () => {
    const fingerprint = nextId();
    const first = (): Charge => charge({ amount: 10 }, { id: nextId(), fingerprint });
    const retry = (at = specTime): Charge => ({ ...first(), isRetry: true, at });

    it('when the client says that it retries, then it gets the first answer', async () => {
      const outcome = await stage.sendOne(first());
      const [again, later] = await stage.send(retry(), retry(specTime + RETRY_WINDOW_MS));
      stage.restart();
      const afterRestart = await stage.sendOne(retry());

      for (const one of [again, later, afterRestart]) {
        expect(one).toEqual(asRepeat(accepted(outcome)));
      }
      expect(await balance()).toBe(90);
    });

    it('when the retry comes first, then it is accepted, known by its fingerprint', async () => {
      expect(inShort(await stage.send(retry(), retry()))).toEqual(['accepted', 'repeated']);
    });

    it('when the client does not say so, then it is another charge', async () => {
      expect(inShort(await stage.send(first(), first()))).toEqual(['accepted', 'accepted']);
      expect(await balance()).toBe(80);
    });

    it('when the first was refused, then the retry is a new attempt', async () => {
      const tooMuch = { ...first(), data: aCharge(130).data };
      await stage.send(tooMuch, topUp({ amount: 30 }, { id: nextId() }));

      const again = { ...tooMuch, id: nextId(), isRetry: true };
      expect(inShort(await stage.send(again))).toEqual(['accepted']);
    });

    it('when it was restored from a snapshot, then retries are known as well', async () => {
      stage.restart({ snapshotEvery: 1 });
      await stage.send(first());
      await stage.writer.close();
      stage.restart();

      expect(inShort(await stage.send(retry()))).toEqual(['repeated']);
      expect(snapshots.saved).toHaveLength(1);
    });
  });
});
