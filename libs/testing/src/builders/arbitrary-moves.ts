import fc from 'fast-check';

/**
 * What may happen to a team next. Numbers in `account`, `key`, `charge` and `command` pick among
 * those that are there when the move is made, so that any list of moves makes sense.
 */
export type Move = { readonly waitMs: number } & (
  | { readonly kind: 'topUp'; readonly amount: number }
  | { readonly kind: 'adjust'; readonly amount: number; readonly force: boolean }
  | { readonly kind: 'create'; readonly limit: number | null; readonly externalId: number }
  | {
      readonly kind: 'update';
      readonly account: number;
      readonly limit: number | null | undefined;
      readonly externalId: number | undefined;
      readonly status: 'active' | 'inactive' | undefined;
    }
  | { readonly kind: 'deactivate'; readonly account: number }
  | { readonly kind: 'issueKey'; readonly account: number }
  | { readonly kind: 'revokeKey'; readonly key: number }
  | {
      readonly kind: 'charge';
      readonly account: number;
      readonly key: number | undefined;
      readonly amount: number;
      readonly isMessage: boolean;
      readonly hasFingerprint: boolean;
    }
  | { readonly kind: 'refund'; readonly charge: number; readonly amount: number | undefined }
  /** Sends an earlier command again: as it was, with another body, or as the client's own retry. */
  | { readonly kind: 'again'; readonly command: number; readonly how: 'same' | 'changed' | 'retry' }
);

type Kind = Move['kind'];
type Fields<K extends Kind> = Omit<Extract<Move, { kind: K }>, 'kind' | 'waitMs'>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const pick = fc.nat({ max: 30 });
/** Small enough that refusals are as common as acceptances. */
const amount = fc.integer({ min: 0, max: 20 });
const limit = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null });
const wait = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, SECOND, MINUTE) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(2 * MINUTE, 2 * MINUTE + 1, 7 * HOUR, 25 * HOUR, 49 * HOUR),
  },
);

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

function move<K extends Kind>(
  kind: K,
  weight: number,
  fields: { [Name in keyof Fields<K>]: fc.Arbitrary<Fields<K>[Name]> },
): fc.WeightedArbitrary<Move> {
  const arbitrary = fc.record({ kind: fc.constant(kind), waitMs: wait, ...fields });
  return { weight, arbitrary: arbitrary as unknown as fc.Arbitrary<Move> };
}

const anyMove = fc.oneof(
  move('topUp', 3, { amount: fc.integer({ min: 0, max: 60 }) }),
  move('adjust', 2, { amount: fc.integer({ min: -60, max: 30 }), force: sometimes(6) }),
  move('create', 3, { limit, externalId: fc.nat({ max: 4 }) }),
  move('update', 4, {
    account: pick,
    limit: maybe(limit),
    externalId: maybe(fc.nat({ max: 4 })),
    status: maybe(fc.constantFrom('active', 'inactive')),
  }),
  move('deactivate', 1, { account: pick }),
  move('issueKey', 2, { account: pick }),
  move('revokeKey', 2, { key: pick }),
  move('charge', 22, {
    account: pick,
    key: maybe(pick),
    amount,
    isMessage: fc.boolean(),
    hasFingerprint: fc.boolean(),
  }),
  move('refund', 8, { charge: pick, amount: maybe(amount) }),
  move('again', 8, { command: pick, how: fc.constantFrom('same', 'changed', 'retry') }),
);

function sometimes(oneIn: number): fc.Arbitrary<boolean> {
  return fc.nat({ max: oneIn - 1 }).map((drawn) => drawn === 0);
}

export function arbitraryMoves(lengthMax: number): fc.Arbitrary<readonly Move[]> {
  return fc.array(anyMove, { minLength: 1, maxLength: lengthMax, size: 'max' });
}
