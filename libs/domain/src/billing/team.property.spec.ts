import assert from 'node:assert/strict';
import {
  ReferenceLedger,
  TeamPlay,
  arbitraryMoves,
  eventMetadataOf,
  mainAccountId,
  serialiseTeam,
  teamAfter,
  type PastEvent,
} from '@tollgate/testing';
import fc from 'fast-check';
import { IDEMPOTENCY_WINDOW_MS, RETRY_WINDOW_MS } from '../kernel';
import { team, type TeamCommand, type TeamDecision, type TeamRejection } from './index';

/*
 * Goal: the promises of the ledger hold after any sequence of commands, and every refusal is
 * deserved. Method: random commands over a few accounts with small limits and balances, beside
 * books that are kept a second time from amounts alone.
 */

interface Acceptance {
  readonly at: number;
  readonly bodyHash: number;
  readonly revision: number;
}

/** A live team, its books, and what it must remember. */
class Witness {
  readonly state = team.initialState();
  readonly books = new ReferenceLedger();
  readonly past: PastEvent[] = [];
  private readonly accepted = new Map<string, Acceptance>();
  private readonly retries = new Map<string, Acceptance>();

  constructor(
    private readonly play: TeamPlay,
    private readonly outcomes: Set<string>,
  ) {}

  send(command: TeamCommand): void {
    const before = serialiseTeam(this.state);
    const decision = team.decide(command, this.state);
    assert.equal(serialiseTeam(this.state), before);
    this.expectNoSecondTime(command, decision);
    if (decision.kind === 'refused') this.expectDeserved(command, decision.rejection);
    if (decision.kind === 'accepted') this.apply(command, decision);
    const code = decision.kind === 'refused' ? decision.rejection.code : decision.kind;
    this.outcomes.add(`${command.type} ${code}`);
  }

  private apply(
    command: TeamCommand,
    { events }: Extract<TeamDecision, { kind: 'accepted' }>,
  ): void {
    const metadata = eventMetadataOf(command);
    if (events.length > 0) this.remember(command);
    for (const event of events) {
      team.evolve(this.state, event, metadata);
      this.play.learn(event);
      this.past.push({ event, metadata });
      assert.deepEqual(this.books.record(event, metadata), []);
    }
    assert.equal(BigInt(this.state.balance), this.books.balance);
    for (const [accountId, account] of this.state.accounts) {
      assert.equal(BigInt(account.spent), this.books.pageOf(accountId)!.spent);
    }
  }

  private remember({ id, at, bodyHash = 0, fingerprint }: TeamCommand): void {
    const acceptance = { at, bodyHash, revision: this.state.revision + 1 };
    this.accepted.set(id, acceptance);
    if (fingerprint !== undefined) this.retries.set(fingerprint, acceptance);
  }

  private expectNoSecondTime(command: TeamCommand, decision: TeamDecision): void {
    const known = this.accepted.get(command.id);
    const retried = this.recognised(command);
    if (decision.kind === 'repeated') {
      const firsts = this.isFresh(command) ? [known] : [known, retried];
      assert(firsts.some((first) => first?.revision === decision.revision));
    }
    if (decision.kind === 'repeated' && this.isFresh(command)) {
      assert.equal(command.bodyHash, known?.bodyHash);
    }
    if (decision.kind === 'accepted' && (this.isFresh(command) || retried !== undefined)) {
      assert.deepEqual(decision.events, []);
    }
  }

  /** Whether the command was accepted so lately that it must not be forgotten. */
  private isFresh({ id, at }: TeamCommand): boolean {
    return (this.accepted.get(id)?.at ?? -1) >= at - IDEMPOTENCY_WINDOW_MS;
  }

  private recognised({ isRetry, fingerprint = '', at }: TeamCommand): Acceptance | undefined {
    const first = isRetry === true ? this.retries.get(fingerprint) : undefined;
    return first !== undefined && first.at >= at - RETRY_WINDOW_MS ? first : undefined;
  }

  /** The books must agree that the command could not be accepted, and with the numbers. */
  private expectDeserved(command: TeamCommand, rejection: TeamRejection): void {
    switch (rejection.code) {
      case 'credit_limit_reached': {
        const page = this.books.pageOf(accountOf(command))!;
        assert.equal(BigInt(rejection.totalSpent), page.spent);
        assert.equal(BigInt(rejection.creditLimit), page.limit);
        return assert.equal(page.spent + BigInt(rejection.required) > page.limit!, true);
      }
      case 'insufficient_balance':
      case 'would_overdraw':
        assert.equal(BigInt(rejection.available), this.books.balance);
        return assert.equal(BigInt(rejection.required) > this.books.balance, true);
      case 'exceeds_charge': {
        const { chargeId } = command.data as { readonly chargeId: string };
        assert(rejection.required > rejection.refundable || rejection.refundable === 0);
        return assert.equal(BigInt(rejection.refundable), this.books.refundableOf(chargeId));
      }
      case 'account_inactive':
        return assert.equal(this.books.pageOf(accountOf(command))!.isActive, false);
      case 'account_not_found':
        if (accountOf(command) === mainAccountId) return assert.match(command.type, /SubAccount$/);
        return assert.equal(this.books.pageOf(accountOf(command)), undefined);
      case 'key_revoked':
        return assert.equal(this.books.isKeyActive(command.keyId!), false);
      case 'idempotency_conflict':
        return assert(this.isOtherBody(command) || this.isTakenAgain(command));
      default:
        return;
    }
  }

  private isOtherBody({ id, bodyHash }: TeamCommand): boolean {
    return this.accepted.has(id) && this.accepted.get(id)!.bodyHash !== bodyHash;
  }

  /** Whether the ids that the command would give out are there from a forgotten command. */
  private isTakenAgain(command: TeamCommand): boolean {
    if (this.isFresh(command)) return false;
    const { type, data } = command;
    if (type === 'CreateSubAccount') return this.state.accounts.has(data.accountId);
    return type === 'IssueApiKey' && this.state.keys.has(data.apiKey.keyId);
  }
}

const accountOf = ({ data }: TeamCommand): string =>
  (data as { readonly accountId: string }).accountId;

const plays = fc.record({ opening: fc.nat({ max: 60 }), moves: arbitraryMoves(120) });

describe('a team under any sequence of commands', () => {
  it('keeps every promise at every step, and is the fold of its events', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(plays, ({ opening, moves }) => {
        const play = new TeamPlay();
        const witness = new Witness(play, outcomes);
        witness.send(play.open(opening));
        for (const move of moves) witness.send(play.commandOf(move));
        assert.equal(serialiseTeam(teamAfter(witness.past)), serialiseTeam(witness.state));
      }),
      { numRuns: 200 },
    );
    expect([...outcomes]).toEqual(expect.arrayContaining(mustBeMet));
  });
});

/** Without these the runs above would prove little. */
const mustBeMet = [
  'AdjustBalance would_overdraw',
  'Charge accepted',
  'Charge account_inactive',
  'Charge account_not_found',
  'Charge credit_limit_reached',
  'Charge idempotency_conflict',
  'Charge insufficient_balance',
  'Charge invalid_amount',
  'Charge key_revoked',
  'Charge repeated',
  'CreateSubAccount external_id_taken',
  'Refund accepted',
  'Refund exceeds_charge',
  'Refund repeated',
  'UpdateSubAccount external_id_taken',
];
