import {
  aTeam,
  aTeamWith,
  createSubAccount,
  issueApiKey,
  newApiKey,
  subAccountId,
  teamAfter,
} from '@tollgate/testing';
import { API_KEYS_MAX, SUB_ACCOUNTS_MAX, team } from './index';

describe('how many there may be', () => {
  it('ends at the most keys of one account, revoked ones included', () => {
    const history = aTeamWith(0).revoked();
    for (let keys = 1; keys < API_KEYS_MAX - 1; keys += 1) {
      const apiKey = newApiKey(`key_${keys}`);
      history.tell({ type: 'ApiKeyIssued', data: { accountId: subAccountId, ...apiKey } });
    }
    expect(team.decide(issueApiKey(), teamAfter(history)).kind).toBe('accepted');
    const last = newApiKey('key_last');
    history.tell({ type: 'ApiKeyIssued', data: { accountId: subAccountId, ...last } });
    expect(team.decide(issueApiKey(), teamAfter(history))).toEqual({
      kind: 'refused',
      rejection: { code: 'too_many', what: 'API keys', max: API_KEYS_MAX },
    });
  });

  it('ends at the most sub-accounts of one team, deactivated ones included', () => {
    const history = aTeam().created('sub_0').deactivated('sub_0');
    for (let accounts = 1; accounts < SUB_ACCOUNTS_MAX - 1; accounts += 1) {
      history.created(`sub_${accounts}`);
    }
    expect(team.decide(createSubAccount(), teamAfter(history)).kind).toBe('accepted');
    expect(team.decide(createSubAccount(), teamAfter(history.created('sub_last')))).toEqual({
      kind: 'refused',
      rejection: { code: 'too_many', what: 'sub-accounts', max: SUB_ACCOUNTS_MAX },
    });
  });
});
