import { accept, recall, refuse, refuseReused } from '../kernel';
import type { DeactivateSubAccount, IssueApiKey, RevokeApiKey } from './commands';
import type { TeamDecision } from './decide';
import { issued, subAccountOf } from './decide-accounts';
import type { TeamEvent } from './events';
import type { TeamState } from './state';

/** An account may have this many keys, revoked ones included. */
export const API_KEYS_MAX = 1_000;

export function decideDeactivate(command: DeactivateSubAccount, state: TeamState): TeamDecision {
  const { accountId } = command.data;
  const account = subAccountOf(accountId, state);
  if (account === undefined) return refuse({ code: 'account_not_found', accountId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (account.status === 'deactivated') return accept<TeamEvent>();
  const revoked = [...state.keys]
    .filter(([, key]) => key.accountId === accountId && !key.isRevoked)
    .map(([keyId]): TeamEvent => ({ type: 'ApiKeyRevoked', data: { keyId, accountId } }));
  return accept<TeamEvent>(...revoked, {
    type: 'SubAccountDeactivated',
    data: { accountId, keysRevoked: revoked.length },
  });
}

export function decideIssueKey(command: IssueApiKey, state: TeamState): TeamDecision {
  const { accountId, apiKey } = command.data;
  const account = state.accounts.get(accountId);
  if (account === undefined) return refuse({ code: 'account_not_found', accountId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (state.keys.has(apiKey.keyId)) return refuseReused(command.id);
  if (account.keyCount >= API_KEYS_MAX) {
    return refuse({ code: 'too_many', what: 'API keys', max: API_KEYS_MAX });
  }
  return accept<TeamEvent>(issued(accountId, apiKey));
}

/** Revoking a revoked key changes nothing and is no error. */
export function decideRevokeKey(command: RevokeApiKey, state: TeamState): TeamDecision {
  const { accountId, apiKeyId: keyId } = command.data;
  const key = state.keys.get(keyId);
  if (key === undefined || key.accountId !== accountId) {
    return refuse({ code: 'api_key_not_found', keyId });
  }
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (key.isRevoked) return accept<TeamEvent>();
  return accept<TeamEvent>({ type: 'ApiKeyRevoked', data: { keyId, accountId } });
}
