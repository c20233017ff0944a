import {
  aTeamWith,
  adjustBalance,
  charge,
  chargeIdAt,
  createSubAccount,
  deactivateSubAccount,
  given,
  issueApiKey,
  openTeam,
  refund,
  revokeApiKey,
  subAccountId,
  subKeyId,
  theCommandId,
  topUp,
  updateSubAccount,
  type TeamHistory,
} from '@tollgate/testing';
import type { CommandMetadata } from '../kernel';
import type { TeamRejection } from './rejections';

/*
 * The order of checks is a promise: key, account, validity, idempotency, credit limit, balance.
 * One charge breaks all of these rules; each step mends the one that was named.
 */

const as = { keyId: subKeyId, bodyHash: 2 };
const conflict = { code: 'idempotency_conflict', commandId: theCommandId } as const;

/** The command id is used up by a first charge of 60 with another body. */
function team(): TeamHistory {
  return aTeamWith(70, { creditLimit: 65 })
    .by({ commandId: theCommandId, bodyHash: 1 })
    .charged(60);
}

describe('the order of checks of a charge', () => {
  it('asks first whether the key is active', () => {
    given(...team().suspended().revoked())
      .when(charge({ amount: -1 }, as))
      .thenRefused({ code: 'key_revoked' });
  });

  it('asks next whether the account is active', () => {
    given(...team().suspended())
      .when(charge({ amount: -1 }, as))
      .thenRefused({ code: 'account_inactive', accountId: subAccountId });
  });

  it('asks next whether the amount is valid', () => {
    given(...team())
      .when(charge({ amount: -1 }, as))
      .thenRefused({ code: 'invalid_amount', rule: 'an integer of 1 to 9007199254740991 micros' });
  });

  it('asks next whether the command is known', () => {
    given(...team())
      .when(charge({ amount: 11 }, as))
      .thenRefused(conflict);
    given(...team())
      .when(charge({ amount: 11 }, { ...as, bodyHash: 1 }))
      .thenRepeats(5);
  });

  it('asks next for the credit limit, and last for the balance', () => {
    const anew = { ...as, id: theCommandId.replace(/.$/, 'Z') };
    given(...team())
      .when(charge({ amount: 11 }, anew))
      .thenRefused({
        code: 'credit_limit_reached',
        creditLimit: 65,
        totalSpent: 60,
        required: 11,
      });
    given(...team().limited(100))
      .when(charge({ amount: 11 }, anew))
      .thenRefused({ code: 'insufficient_balance', required: 11, available: 10 });
  });
});

describe('every command', () => {
  const commands = (metadata: Partial<CommandMetadata>) => [
    openTeam({}, metadata),
    topUp({ amount: 1 }, metadata),
    adjustBalance({ amount: 1 }, metadata),
    createSubAccount({}, metadata),
    updateSubAccount({ name: 'Client B' }, metadata),
    deactivateSubAccount({}, metadata),
    issueApiKey({}, metadata),
    revokeApiKey({}, metadata),
    charge({ amount: 1 }, metadata),
    refund({ chargeId: chargeIdAt(5) }, metadata),
  ];

  it.each(commands(as))('$type is refused to a key that is revoked or unknown', (command) => {
    const refusal: TeamRejection = { code: 'key_revoked' };
    given(...team().revoked())
      .when(command)
      .thenRefused(refusal);
    given(...team())
      .when({ ...command, keyId: 'key_unknown' })
      .thenRefused(refusal);
  });

  it.each(commands({ bodyHash: 1 }))('$type is answered as before when it is known', (command) => {
    given(...team())
      .when(command)
      .thenRepeats(5);
  });

  it.each(commands({ keyId: subKeyId, bodyHash: 1 }))(
    '$type that was accepted is not refused later, whatever became of its key and account',
    (command) => {
      given(...team().suspended().revoked())
        .when(command)
        .thenRepeats(5);
    },
  );

  it.each(commands({ bodyHash: 2 }))('$type is refused under the id of another', (command) => {
    given(...team())
      .when(command)
      .thenRefused(conflict);
  });
});
