import {
  aTeam,
  aTeamWith,
  createSubAccount,
  given,
  mainAccountId,
  newApiKey,
  otherAccountId,
  subAccountId,
  subKeyId,
  theCommandId,
  updateSubAccount,
} from '@tollgate/testing';
import { MICROS_MAX } from '../kernel';
import type { SubAccountCreated, TeamEvent } from './events';

const invalidLimit = { code: 'invalid_amount', rule: 'a credit limit of at least 0' } as const;
const notLimits = [-1, 0.5, NaN, Infinity, MICROS_MAX + 1];

describe('creating a sub-account', () => {
  const created = (more: Partial<SubAccountCreated['data']> = {}): SubAccountCreated => ({
    type: 'SubAccountCreated',
    data: { accountId: subAccountId, name: 'Client A', creditLimit: null, ...more },
  });
  const issued: TeamEvent = {
    type: 'ApiKeyIssued',
    data: { accountId: subAccountId, ...newApiKey(subKeyId) },
  };

  it('creates it with a key, without a limit', () => {
    given(...aTeam())
      .when(createSubAccount())
      .then(created(), issued);
  });

  it('keeps the limit, the external id and the metadata that were given', () => {
    const chosen = { creditLimit: 1, externalId: 'crm-1', metadata: { plan: { tier: 2 } } };
    given(...aTeam())
      .when(createSubAccount(chosen))
      .then(created(chosen), issued);
  });

  it('reads a limit of 0 and of null as none', () => {
    for (const creditLimit of [0, -0, null]) {
      given(...aTeam())
        .when(createSubAccount({ creditLimit }))
        .then(created(), issued);
    }
  });

  it('takes the largest amount for a limit', () => {
    given(...aTeam())
      .when(createSubAccount({ creditLimit: MICROS_MAX }))
      .then(created({ creditLimit: MICROS_MAX }), issued);
  });

  it.each(notLimits)('refuses a limit of %p', (creditLimit) => {
    given(...aTeam())
      .when(createSubAccount({ creditLimit }))
      .thenRefused(invalidLimit);
  });

  it('refuses an external id that another sub-account has, deactivated or not', () => {
    const refusal = { code: 'external_id_taken', externalId: 'crm-1' } as const;
    const command = createSubAccount({ externalId: 'crm-1' });
    const team = aTeam().created(otherAccountId, { externalId: 'crm-1' });
    given(...team)
      .when(command)
      .thenRefused(refusal);
    given(...team.deactivated(otherAccountId))
      .when(command)
      .thenRefused(refusal);
  });

  it('puts no account or key in the place of one that is there', () => {
    const refusal = { code: 'idempotency_conflict', commandId: theCommandId } as const;
    const team = aTeamWith(100).charged(40).revoked();
    given(...team)
      .when(createSubAccount({ apiKey: newApiKey('key_new') }))
      .thenRefused(refusal);
    given(...team)
      .when(createSubAccount({ accountId: mainAccountId, apiKey: newApiKey('key_new') }))
      .thenRefused(refusal);
    given(...team)
      .when(createSubAccount({ accountId: otherAccountId, apiKey: newApiKey(subKeyId) }))
      .thenRefused(refusal);
  });
});

describe('updating a sub-account', () => {
  const team = () => aTeamWith(0, { creditLimit: 50, externalId: 'crm-1' });
  const accountId = subAccountId;

  it('says nothing when nothing changes', () => {
    given(...team())
      .when(updateSubAccount({}))
      .thenNothing();
    given(...team())
      .when(updateSubAccount({ creditLimit: 50, status: 'active' }))
      .thenNothing();
    given(...team().limited(null))
      .when(updateSubAccount({ creditLimit: 0 }))
      .thenNothing();
    given(...team().suspended())
      .when(updateSubAccount({ status: 'inactive' }))
      .thenNothing();
    given(...team().deactivated())
      .when(updateSubAccount({ status: 'inactive' }))
      .thenNothing();
  });

  it('records name, metadata and external id in one event', () => {
    const changes = { name: 'Client B', metadata: { a: 1 }, externalId: 'crm-2' };
    given(...team())
      .when(updateSubAccount(changes))
      .then({ type: 'SubAccountUpdated', data: { accountId, ...changes } });
  });

  it('leaves out what was not named', () => {
    given(...team())
      .when(updateSubAccount({ name: 'Client B' }))
      .then({ type: 'SubAccountUpdated', data: { accountId, name: 'Client B' } });
  });

  it('sets, lowers and removes the limit', () => {
    const set = (creditLimit: number | null): TeamEvent => ({
      type: 'CreditLimitSet',
      data: { accountId, creditLimit },
    });
    given(...team())
      .when(updateSubAccount({ creditLimit: 60 }))
      .then(set(60));
    given(...team().toppedUp(50).charged(50))
      .when(updateSubAccount({ creditLimit: 1 }))
      .then(set(1));
    for (const creditLimit of [0, null]) {
      given(...team())
        .when(updateSubAccount({ creditLimit }))
        .then(set(null));
    }
  });

  it.each(notLimits)('refuses a limit of %p', (creditLimit) => {
    given(...team())
      .when(updateSubAccount({ creditLimit, name: 'Client B' }))
      .thenRefused(invalidLimit);
  });

  it('suspends and reactivates', () => {
    given(...team())
      .when(updateSubAccount({ status: 'inactive' }))
      .then({ type: 'SubAccountSuspended', data: { accountId } });
    given(...team().suspended())
      .when(updateSubAccount({ status: 'active' }))
      .then({ type: 'SubAccountReactivated', data: { accountId } });
    given(...team().deactivated())
      .when(updateSubAccount({ status: 'active' }))
      .then({ type: 'SubAccountReactivated', data: { accountId } });
  });

  it('gives one event for each kind of change, in one order', () => {
    given(...team())
      .when(updateSubAccount({ status: 'inactive', creditLimit: 1, name: 'Client B' }))
      .then(
        { type: 'SubAccountUpdated', data: { accountId, name: 'Client B' } },
        { type: 'CreditLimitSet', data: { accountId, creditLimit: 1 } },
        { type: 'SubAccountSuspended', data: { accountId } },
      );
  });

  it('finds no account that is unknown, nor the main account', () => {
    for (const missing of ['sub_unknown', mainAccountId]) {
      given(...team())
        .when(updateSubAccount({ accountId: missing, name: 'Client B' }))
        .thenRefused({ code: 'account_not_found', accountId: missing });
    }
  });
});

describe('external ids', () => {
  const taken = { code: 'external_id_taken', externalId: 'crm-1' } as const;
  const renamed = (accountId: string, externalId: string): TeamEvent => ({
    type: 'SubAccountUpdated',
    data: { accountId, externalId },
  });
  const team = () => aTeamWith(0, { externalId: 'crm-1' }).created(otherAccountId);

  it('belong to one sub-account of the team', () => {
    given(...team())
      .when(updateSubAccount({ accountId: otherAccountId, externalId: 'crm-1' }))
      .thenRefused(taken);
  });

  it('may be set again by the sub-account that has them', () => {
    given(...team())
      .when(updateSubAccount({ externalId: 'crm-1' }))
      .then(renamed(subAccountId, 'crm-1'));
  });

  it('are free once their sub-account has another', () => {
    given(...team().tell(renamed(subAccountId, 'crm-2')))
      .when(updateSubAccount({ accountId: otherAccountId, externalId: 'crm-1' }))
      .then(renamed(otherAccountId, 'crm-1'));
    given(...team().tell(renamed(subAccountId, 'crm-2')))
      .when(updateSubAccount({ accountId: otherAccountId, externalId: 'crm-2' }))
      .thenRefused({ ...taken, externalId: 'crm-2' });
  });
});
