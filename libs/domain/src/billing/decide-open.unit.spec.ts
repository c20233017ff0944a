import {
  aTeam,
  charge,
  given,
  mainAccountId,
  mainKeyId,
  newApiKey,
  openTeam,
  teamId,
  theCommandId,
  topUp,
} from '@tollgate/testing';
import { MICROS_MAX, idAtRevision } from '../kernel';
import type { TeamEvent } from './events';

const opened: TeamEvent = {
  type: 'TeamOpened',
  data: { teamId, name: 'Acme', currency: 'usd', mainAccountId },
};
const issued: TeamEvent = {
  type: 'ApiKeyIssued',
  data: { accountId: mainAccountId, ...newApiKey(mainKeyId) },
};
const tooSmall = {
  code: 'invalid_amount',
  rule: 'an opening balance of at least 0 micros',
} as const;

describe('opening a team', () => {
  it('opens it with its main account and that account’s key', () => {
    given().when(openTeam()).then(opened, issued);
  });

  it('tops up the opening balance', () => {
    given()
      .when(openTeam({ openingBalance: 5 }))
      .then(
        opened,
        {
          type: 'BalanceToppedUp',
          data: { topUpId: idAtRevision('top', teamId, 1), amount: 5, balanceAfter: 5 },
        },
        issued,
      );
  });

  it('takes an opening balance up to the largest amount', () => {
    given()
      .when(openTeam({ openingBalance: MICROS_MAX }))
      .then(
        opened,
        {
          type: 'BalanceToppedUp',
          data: {
            topUpId: idAtRevision('top', teamId, 1),
            amount: MICROS_MAX,
            balanceAfter: MICROS_MAX,
          },
        },
        issued,
      );
  });

  it.each([-1, 0.5, NaN, Infinity, MICROS_MAX + 1])(
    'refuses an opening balance of %p',
    (amount) => {
      given()
        .when(openTeam({ openingBalance: amount }))
        .thenRefused(tooSmall);
    },
  );

  it('refuses a team that exists', () => {
    given(...aTeam())
      .when(openTeam())
      .thenRefused({ code: 'team_exists' });
    given(opened).when(openTeam()).thenRefused({ code: 'team_exists' });
  });

  it('repeats the opening when the same command comes again', () => {
    given(...aTeam().events.map((event) => ({ event, metadata: { commandId: theCommandId } })))
      .when(openTeam())
      .thenRepeats(0);
  });
});

describe('a team that was never opened', () => {
  it.each([
    topUp({ amount: 1 }),
    charge({ amount: 1 }),
    charge({ amount: 1 }, { keyId: mainKeyId }),
  ])('refuses every other command', (command) =>
    given().when(command).thenRefused({ code: 'team_not_found' }),
  );
});
