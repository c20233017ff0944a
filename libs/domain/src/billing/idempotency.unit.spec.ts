import {
  aTeamWith,
  charge,
  chargeIdAt,
  commandIdAt,
  eventMetadataOf,
  given,
  openTeam,
  serialiseTeam,
  specTime,
  subAccountId,
  teamAfter,
  theCommandId,
  revokeApiKey,
  topUp,
  updateSubAccount,
  type TeamHistory,
} from '@tollgate/testing';
import {
  IDEMPOTENCY_IDS_MAX,
  IDEMPOTENCY_WINDOW_MS,
  IdempotencyWindow,
  type CommandMetadata,
} from '../kernel';
import type { Charge } from './commands';
import { team } from './index';

const later = (ms: number): number => specTime + ms;
const first = { commandId: theCommandId, bodyHash: 1 };
const aRepeat = (as: Partial<CommandMetadata> = {}): Charge =>
  charge({ amount: 60 }, { bodyHash: 1, ...as });

/** The command was accepted as the event at revision 5, and left 40. */
const aChargedTeam = (): TeamHistory => aTeamWith(100).by(first).charged(60);
const conflict = { code: 'idempotency_conflict', commandId: theCommandId } as const;

describe('a command that comes again', () => {
  it('is answered with the revision of the first, whatever the state would say now', () => {
    given(...aChargedTeam())
      .when(aRepeat())
      .thenRepeats(5);
    given(...aChargedTeam().charged(40).limited(1))
      .when(aRepeat())
      .thenRepeats(5);
  });

  it('is a conflict with another body, or without one', () => {
    given(...aChargedTeam())
      .when(aRepeat({ bodyHash: 0xffff_ffff }))
      .thenRefused(conflict);
    given(...aChargedTeam())
      .when(charge({ amount: 60 }))
      .thenRefused(conflict);
  });

  it('is known by its id alone when neither time had a body hash', () => {
    given(...aTeamWith(100).by({ commandId: theCommandId }).charged(60))
      .when(charge({ amount: 60 }))
      .thenRepeats(5);
  });

  it('takes body hashes of 32 bits', () => {
    const bodyHash = 0xffff_ffff;
    given(
      ...aTeamWith(100)
        .by({ ...first, bodyHash })
        .charged(60),
    )
      .when(aRepeat({ bodyHash }))
      .thenRepeats(5);
  });

  it('stands at the first of several events', () => {
    const update = { creditLimit: 5, name: 'Client B', status: 'inactive' } as const;
    const accountId = subAccountId;
    given(
      ...aTeamWith(0)
        .by({ commandId: theCommandId })
        .tell(
          { type: 'SubAccountUpdated', data: { accountId, name: 'Client B' } },
          { type: 'CreditLimitSet', data: { accountId, creditLimit: 5 } },
          { type: 'SubAccountSuspended', data: { accountId } },
        ),
    )
      .when(updateSubAccount(update))
      .thenRepeats(4);
  });

  it('was not used up by a refusal, nor by having nothing to change', () => {
    const state = teamAfter(aTeamWith(10));
    const command = charge({ amount: 11 });
    expect(team.decide(command, state).kind).toBe('refused');
    const data = { topUpId: 'top_1', amount: 1, balanceAfter: 11 };
    team.evolve(state, { type: 'BalanceToppedUp', data }, { commandId: commandIdAt(77), at: 1 });
    expect(team.decide(command, state).kind).toBe('accepted');
    given(...aTeamWith(10).suspended())
      .when(updateSubAccount({ status: 'inactive' }))
      .thenNothing();
  });
});

describe('the idempotency window', () => {
  it('remembers for 48 hours at least, and then forgets', () => {
    given(...aChargedTeam().toppedUp(50))
      .when(aRepeat({ at: later(IDEMPOTENCY_WINDOW_MS) }))
      .thenRepeats(5);
    given(...aChargedTeam().toppedUp(50))
      .when(aRepeat({ at: later(IDEMPOTENCY_WINDOW_MS + 1) }))
      .then({
        type: 'AccountCharged',
        data: {
          chargeId: chargeIdAt(7),
          accountId: subAccountId,
          amount: 60,
          balanceAfter: 30,
          totalSpentAfter: 120,
          item: { type: 'custom' },
        },
      });
  });

  it('remembers a command anew that is accepted again after it was forgotten', () => {
    const state = teamAfter(aTeamWith(200).by(first).charged(60));
    const again = aRepeat({ at: later(IDEMPOTENCY_WINDOW_MS + 1) });
    const decision = team.decide(again, state);
    if (decision.kind !== 'accepted') throw new Error('must be accepted');
    for (const event of decision.events) team.evolve(state, event, eventMetadataOf(again));
    expect(team.decide({ ...again, at: again.at + 1 }, state)).toEqual({
      kind: 'repeated',
      revision: 6,
    });
  });

  it('while full refuses new commands but revocations, answers known ones, and opens up', () => {
    const segment = { baseRevision: 0, firstAt: specTime, lastAt: specTime };
    const aTable = (): Uint32Array => new Uint32Array(96);
    const state = {
      ...teamAfter(aTeamWith(100)),
      window: IdempotencyWindow.restore([
        { ...segment, count: IDEMPOTENCY_IDS_MAX - 1, table: aTable() },
        { ...segment, count: 0, table: aTable() },
      ]),
    };
    const { window } = state;
    expect(team.decide(topUp({ amount: 1 }), state).kind).toBe('accepted');
    window.remember(commandIdAt(5), { revision: 6, bodyHash: 1 }, specTime);
    const before = serialiseTeam(state);
    expect(team.decide(topUp({ amount: 1 }), state)).toEqual({
      kind: 'refused',
      rejection: { code: 'idempotency_window_full' },
    });
    expect(team.decide(topUp({ amount: 1 }, { id: commandIdAt(5), bodyHash: 1 }), state)).toEqual({
      kind: 'repeated',
      revision: 6,
    });
    expect(team.decide(revokeApiKey(), state).kind).toBe('accepted');
    const isOpenAt = (at: number): boolean =>
      team.decide(topUp({ amount: 1 }, { at }), state).kind === 'accepted';
    expect(isOpenAt(later(IDEMPOTENCY_WINDOW_MS))).toBe(false);
    expect(isOpenAt(later(IDEMPOTENCY_WINDOW_MS + 1))).toBe(true);
    expect(serialiseTeam(state)).toBe(before);
  });
});

describe('a retry without an idempotency key', () => {
  const fingerprint = 'key, route and body';
  const minutes = (count: number): number => count * 60_000;
  const aFingerprintedTeam = (): TeamHistory =>
    aTeamWith(200).by({ fingerprint }).charged(60).toppedUp(1);
  const retry = { fingerprint, isRetry: true };
  const isNew = (as: Partial<CommandMetadata>): void => {
    const decision = team.decide(charge({ amount: 60 }, as), teamAfter(aFingerprintedTeam()));
    expect(decision.kind).toBe('accepted');
  };

  it('is recognised by its fingerprint for two minutes', () => {
    for (const at of [specTime, later(1), later(minutes(2))]) {
      given(...aFingerprintedTeam())
        .when(charge({ amount: 60 }, { ...retry, at }))
        .thenRepeats(5);
    }
    isNew({ ...retry, at: later(minutes(2) + 1) });
  });

  it('is only looked for when the caller says that it is a retry', () => {
    isNew({ fingerprint });
    isNew({ fingerprint, isRetry: false });
    isNew({ isRetry: true });
    isNew({ ...retry, fingerprint: 'another request' });
  });

  it('means the latest of several equal requests', () => {
    given(
      ...aFingerprintedTeam()
        .by({ fingerprint, at: later(5) })
        .charged(60),
    )
      .when(charge({ amount: 60 }, { ...retry, at: later(6) }))
      .thenRepeats(7);
  });

  it('is found by its id first', () => {
    given(...aChargedTeam().by({ fingerprint }).toppedUp(1))
      .when(aRepeat(retry))
      .thenRepeats(5);
  });

  it('finds the opening of a team', () => {
    given(...aTeamWith(0).events.map((event) => ({ event, metadata: { fingerprint } })))
      .when(openTeam({}, { id: commandIdAt(9_000), ...retry }))
      .thenRepeats(3);
  });
});
