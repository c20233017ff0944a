import {
  aTeamWith,
  charge,
  deactivateSubAccount,
  given,
  issueApiKey,
  mainAccountId,
  mainKeyId,
  newApiKey,
  otherAccountId,
  otherKeyId,
  revokeApiKey,
  subAccountId,
  subKeyId,
  theCommandId,
} from '@tollgate/testing';
import type { TeamEvent } from './events';

const accountId = subAccountId;
const team = () => aTeamWith(100);
const issued = (keyId: string, owner = accountId): TeamEvent => ({
  type: 'ApiKeyIssued',
  data: { accountId: owner, ...newApiKey(keyId) },
});
const revoked = (keyId: string): TeamEvent => ({
  type: 'ApiKeyRevoked',
  data: { keyId, accountId },
});
const deactivated = (keysRevoked: number): TeamEvent => ({
  type: 'SubAccountDeactivated',
  data: { accountId, keysRevoked },
});

describe('deactivating a sub-account', () => {
  it('revokes each key that is still active, and says how many', () => {
    given(...team().created(otherAccountId).tell(issued('key_2')).tell(issued('key_3')).revoked())
      .when(deactivateSubAccount())
      .then(revoked('key_2'), revoked('key_3'), deactivated(2));
  });

  it('deactivates a sub-account without keys, and a suspended one', () => {
    given(...team().revoked().suspended())
      .when(deactivateSubAccount())
      .then(deactivated(0));
  });

  it('changes nothing the second time', () => {
    given(...team().deactivated())
      .when(deactivateSubAccount())
      .thenNothing();
  });

  it('can be done again after a reactivation, which brings no keys back', () => {
    given(...team().deactivated().reactivated())
      .when(deactivateSubAccount())
      .then(deactivated(0));
    given(...team().deactivated().reactivated())
      .when(charge({ amount: 1 }, { keyId: subKeyId }))
      .thenRefused({ code: 'key_revoked' });
  });

  it('finds no account that is unknown, nor the main account', () => {
    for (const missing of ['sub_unknown', mainAccountId]) {
      given(...team())
        .when(deactivateSubAccount({ accountId: missing }))
        .thenRefused({ code: 'account_not_found', accountId: missing });
    }
  });
});

describe('issuing an API key', () => {
  it('issues one for any account of the team, the main account and inactive ones too', () => {
    const keyId = `key_${theCommandId}`;
    given(...team())
      .when(issueApiKey())
      .then(issued(keyId));
    given(...team().deactivated())
      .when(issueApiKey())
      .then(issued(keyId));
    given(...team())
      .when(issueApiKey({ accountId: mainAccountId }))
      .then(issued(keyId, mainAccountId));
  });

  it('keeps the permissions that were given', () => {
    const apiKey = newApiKey('key_2', { permissions: ['messages:write'], environment: 'test' });
    given(...team())
      .when(issueApiKey({ apiKey }))
      .then({ type: 'ApiKeyIssued', data: { accountId, ...apiKey } });
  });

  it('finds no account that is unknown', () => {
    given(...team())
      .when(issueApiKey({ accountId: 'sub_unknown' }))
      .thenRefused({ code: 'account_not_found', accountId: 'sub_unknown' });
  });

  it('puts no key in the place of one that is there, so a revoked one stays revoked', () => {
    given(...team().revoked())
      .when(issueApiKey({ apiKey: newApiKey(subKeyId) }))
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
  });
});

describe('revoking an API key', () => {
  it('revokes it', () => {
    given(...team())
      .when(revokeApiKey())
      .then(revoked(subKeyId));
  });

  it('changes nothing the second time', () => {
    given(...team().revoked())
      .when(revokeApiKey())
      .thenNothing();
  });

  it('finds no key that is unknown or belongs to another account', () => {
    for (const apiKeyId of ['key_unknown', mainKeyId, otherKeyId]) {
      given(...team().created(otherAccountId))
        .when(revokeApiKey({ apiKeyId }))
        .thenRefused({ code: 'api_key_not_found', keyId: apiKeyId });
    }
  });

  it('lets a key revoke itself, once', () => {
    given(...team())
      .when(revokeApiKey({}, { keyId: subKeyId }))
      .then(revoked(subKeyId));
    given(...team().revoked())
      .when(revokeApiKey({}, { keyId: subKeyId }))
      .thenRefused({ code: 'key_revoked' });
  });
});
