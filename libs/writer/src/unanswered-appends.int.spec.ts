import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import type { Charge, TopUp } from '@tollgate/domain';
import { WrongExpectedRevision, type Appended, type EventToAppend } from '@tollgate/ports';
import {
  FaultyEventLog,
  charge,
  createSubAccount,
  openTeam,
  teamId,
  topUp,
} from '@tollgate/testing';
import { ScriptedReads } from '../spec/scripted-reads';
import { Stage, expectSound, inShort, nextId, storedEvents } from '../spec/stage';

/*
 * An append that got no answer may be on its way for a while. Here a top-up and the charge that it
 * pays for are in one, so that the charge alone would be refused until it arrives.
 */

describe('given a top-up and a charge in an append that got no answer', () => {
  let stored: InMemoryEventLog;
  let log: FaultyEventLog;
  let stage: Stage<ScriptedReads>;
  let sent: [string, number, readonly EventToAppend[]];
  let paid: Charge;
  let payment: TopUp;

  beforeEach(async () => {
    stored = new InMemoryEventLog();
    log = new FaultyEventLog(stored);
    stage = new Stage(new ScriptedReads(log), new InMemorySnapshots(), { cacheBytesMax: 1 });
    await stage.send(
      openTeam({ openingBalance: 100 }, { id: nextId() }),
      createSubAccount({}, { id: nextId() }),
    );
    payment = topUp({ amount: 50 }, { id: nextId() });
    paid = charge({ amount: 120 }, { id: nextId(), bodyHash: 1, fingerprint: nextId() });
    log.onAppend((...append) => void (sent = append));
    log.failAppends('request-lost');
    stage.events.failReadsNumbered(1);
    expect(inShort(await stage.send(payment, paid))).toEqual(['unknown', 'unknown']);
    log.onAppend(() => undefined);
  });

  afterEach(() => expectSound(log, teamId));

  const arrive = (): Promise<Appended> => stored.append(...sent);

  const commandIds = async (): Promise<string[]> =>
    (await storedEvents(log, teamId)).slice(5).map(({ metadata }) => metadata.commandId);

  const inDoubt = (): { status: string; commandId: string } => ({
    status: 'unknown',
    commandId: paid.id,
  });

  it('when the charge is asked for again, then it is not refused: it may yet arrive', async () => {
    expect(await stage.send(paid)).toEqual([inDoubt()]);
    await arrive();

    expect(inShort(await stage.send(paid))).toEqual(['accepted']);
    expect(await commandIds()).toEqual([payment.id, paid.id]);
  });

  it('when it is asked for as the client’s own retry, then the same', async () => {
    const retry = { ...paid, id: nextId(), isRetry: true };

    expect(inShort(await stage.send(retry))).toEqual(['unknown']);
    await arrive();
    expect(inShort(await stage.send(retry))).toEqual(['accepted']);
    expect(await commandIds()).toEqual([payment.id, paid.id]);
  });

  it('when both are asked for again, then both are done and the append is too late', async () => {
    expect(inShort(await stage.send(payment, paid))).toEqual(['accepted', 'accepted']);

    await expect(arrive()).rejects.toBeInstanceOf(WrongExpectedRevision);
    expect(await commandIds()).toEqual([payment.id, paid.id]);
  });

  it('when the old append arrives first, then both were done by it', async () => {
    await arrive();

    expect(inShort(await stage.send(paid, payment))).not.toContain('insufficient_balance');
    expect(await commandIds()).toEqual([payment.id, paid.id]);
  });

  it('when the log is away, then the charge is unknown, and others were not done', async () => {
    stage.events.failReadsNumbered(1);
    const other = charge({ amount: 1 }, { id: nextId() });

    expect(inShort(await stage.send(paid, other))).toEqual(['unknown', 'unavailable']);
  });

  it('when the stream has moved on, then the charge alone is decided, and refused', async () => {
    const other = charge({ amount: 1 }, { id: nextId() });

    expect(inShort(await stage.send(paid, other))).toEqual(['insufficient_balance', 'accepted']);
    await expect(arrive()).rejects.toBeInstanceOf(WrongExpectedRevision);
    expect(inShort(await stage.send(paid))).toEqual(['insufficient_balance']);
    expect(await commandIds()).toEqual([other.id]);
  });

  it('when nothing has arrived for a minute, then nothing will, and it is refused', async () => {
    expect(await stage.send({ ...paid, at: paid.at + 60_000 })).toEqual([inDoubt()]);
    expect(inShort(await stage.send({ ...paid, at: paid.at + 60_001 }))).toEqual([
      'insufficient_balance',
    ]);
  });

  it('when only others ask, then they are answered as ever', async () => {
    const tooMuch = charge({ amount: 101 }, { id: nextId() });

    expect(inShort(await stage.send(tooMuch))).toEqual(['insufficient_balance']);
    expect(await commandIds()).toEqual([]);
  });
});
