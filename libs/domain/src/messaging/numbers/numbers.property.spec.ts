import assert from 'node:assert/strict';
import {
  claimNumber,
  commandIdAt,
  eventMetadataOf,
  releaseClaim,
  serialiseState,
} from '@tollgate/testing';
import fc from 'fast-check';
import { numbers, type NumberCommand } from './index';

/*
 * Goal: two purchases never hold a number at once. Method: claims and releases of few purchases in
 * any order, some of them sent again, beside the one word that says who holds the number.
 */

interface Move {
  readonly type: 'claim' | 'release';
  readonly purchase: number;
  /** Sends the command of that place again. */
  readonly again: number | undefined;
}

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({
    type: fc.constantFrom('claim' as const, 'release' as const),
    purchase: fc.nat({ max: 2 }),
    again: fc.option(fc.nat({ max: 20 }), { nil: undefined, freq: 3 }),
  }),
  { maxLength: 40 },
);

function commandOf({ type, purchase }: Move, place: number): NumberCommand {
  const numberId = `pn_${purchase}`;
  const as = { id: commandIdAt(place), bodyHash: place };
  return type === 'claim' ? claimNumber({ numberId }, as) : releaseClaim(numberId, as);
}

/** Who holds the number after a command that is new, or undefined when that is refused. */
function holderAfter({ type, data }: NumberCommand, holder: string): string | undefined {
  if (type === 'ReleaseNumberClaim') return holder === data.numberId ? '' : holder;
  return holder === '' || holder === data.numberId ? data.numberId : undefined;
}

describe('a phone number under any sequence of claims and releases', () => {
  it('is held by who claimed it first, until that one gives it back', () => {
    fc.assert(
      fc.property(moves, (made) => {
        const state = numbers.initialState();
        const accepted = new Set<string>();
        const sent: NumberCommand[] = [];
        let holder = '';
        made.forEach((move, place) => {
          const command = sent[move.again ?? -1] ?? commandOf(move, place);
          sent.push(command);
          const before = serialiseState(state);
          const decision = numbers.decide(command, state);
          assert.equal(serialiseState(state), before);
          if (accepted.has(command.id)) return assert.equal(decision.kind, 'repeated');
          const next = holderAfter(command, holder);
          assert.equal(decision.kind, next === undefined ? 'refused' : 'accepted');
          if (decision.kind !== 'accepted') return;
          assert.equal(decision.events.length, next === holder ? 0 : 1);
          for (const event of decision.events) {
            numbers.evolve(state, event, eventMetadataOf(command));
            accepted.add(command.id);
          }
          holder = next!;
          assert.equal(state.numberId ?? '', holder);
        });
      }),
      { numRuns: 300 },
    );
  });
});
