import assert from 'node:assert/strict';
import {
  ReferenceLedger,
  adjustBalance,
  charge,
  chargeIdAt,
  commandIdAt,
  createSubAccount,
  eventMetadataOf,
  mainAccountId,
  openTeam,
  refund,
  serialiseTeam,
  subAccountId,
  topUp,
} from '@tollgate/testing';
import fc from 'fast-check';
import { MICROS_MAX } from '../kernel';
import type { RecordedCharge, TeamCommand } from './commands';
import { team } from './index';

/*
 * Goal: no command can take a balance or a total past the safe integers, where a micro would get
 * lost. Method: amounts at and about the edges, and books in big integers beside.
 */

const edge = MICROS_MAX;
const amount = fc.oneof(
  fc.constantFrom(1, 2, edge, edge - 1, edge - 2, Math.floor(edge / 2), Math.ceil(edge / 2)),
  fc.constantFrom(edge + 1, 2 ** 53 + 2, -edge, -edge - 1, Number.MAX_VALUE, 0.5, NaN),
  fc.integer({ min: edge - 100, max: edge }),
  fc.integer({ min: 1, max: 100 }),
);
const step = fc.tuple(
  fc.constantFrom('topUp', 'adjust', 'force', 'takeForced', 'charge', 'mainCharge', 'refund'),
  amount,
);
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function commandOf(
  [kind, micros]: Step,
  id: string,
  last: RecordedCharge | undefined,
): TeamCommand {
  switch (kind) {
    case 'topUp':
      return topUp({ amount: micros }, { id });
    case 'adjust':
    case 'force':
      return adjustBalance({ amount: micros, force: kind === 'force' }, { id });
    case 'takeForced':
      return adjustBalance({ amount: -micros, force: true }, { id });
    case 'charge':
      return charge({ amount: micros }, { id });
    case 'mainCharge':
      return charge({ amount: micros, accountId: mainAccountId }, { id });
    case 'refund': {
      if (last === undefined) return refund({ chargeId: 'chg_none' }, { id });
      const { accountId, revision } = last;
      const chargeId = chargeIdAt(revision);
      return refund({ chargeId, accountId, charge: last, amount: micros }, { id });
    }
  }
}

describe('money at the edge of the safe integers', () => {
  it('never gets lost, whatever the commands', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
        const state = team.initialState();
        const books = new ReferenceLedger();
        let last: RecordedCharge | undefined;
        const send = (command: TeamCommand): void => {
          const before = serialiseTeam(state);
          const decision = team.decide(command, state);
          if (decision.kind !== 'accepted') return assert.equal(serialiseTeam(state), before);
          accepted += 1;
          for (const event of decision.events) {
            team.evolve(state, event, eventMetadataOf(command));
            assert.deepEqual(books.record(event, eventMetadataOf(command)), []);
            if (event.type === 'AccountCharged') last = { ...event.data, revision: state.revision };
          }
          assert(Number.isSafeInteger(state.balance));
          assert.equal(BigInt(state.balance), books.balance);
          for (const { spent } of state.accounts.values()) assert(Number.isSafeInteger(spent));
        };
        send(openTeam({}, { id: commandIdAt(1) }));
        send(createSubAccount({ creditLimit: edge }, { id: commandIdAt(2) }));
        steps.forEach((drawn, place) => send(commandOf(drawn, commandIdAt(3 + place), last)));
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(1_000);
  });

  it('refuses a charge that would take total spent out of range', () => {
    const state = team.initialState();
    const send = (command: TeamCommand) => {
      const decision = team.decide(command, state);
      if (decision.kind === 'accepted') {
        for (const event of decision.events) team.evolve(state, event, eventMetadataOf(command));
      }
      return decision;
    };
    send(openTeam({ openingBalance: edge }, { id: commandIdAt(1) }));
    send(createSubAccount({}, { id: commandIdAt(2) }));
    send(charge({ amount: edge }, { id: commandIdAt(3) }));
    send(topUp({ amount: 1 }, { id: commandIdAt(4) }));
    expect(send(charge({ amount: 1 }))).toEqual({
      kind: 'refused',
      rejection: { code: 'invalid_amount', rule: `an integer of 1 to ${edge} micros` },
    });
    expect(state.accounts.get(subAccountId)!.spent).toBe(edge);
  });

  it('refuses a refund that would take the balance out of range', () => {
    const state = team.initialState();
    const send = (command: TeamCommand) => {
      const decision = team.decide(command, state);
      if (decision.kind === 'accepted') {
        for (const event of decision.events) team.evolve(state, event, eventMetadataOf(command));
      }
      return decision;
    };
    send(openTeam({ openingBalance: edge }, { id: commandIdAt(1) }));
    send(charge({ amount: 2, accountId: mainAccountId }, { id: commandIdAt(2) }));
    send(topUp({ amount: 1 }, { id: commandIdAt(3) }));
    const paid = { revision: 3, accountId: mainAccountId, amount: 2 };
    const back = { chargeId: chargeIdAt(3), accountId: mainAccountId, charge: paid };
    expect(send(refund(back)).kind).toBe('refused');
    expect(send(refund({ ...back, amount: 1 })).kind).toBe('accepted');
    expect(state.balance).toBe(edge);
  });
});
