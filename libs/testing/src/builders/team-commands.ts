import type {
  AdjustBalance,
  Charge,
  CommandMetadata,
  CreateSubAccount,
  DeactivateSubAccount,
  IssueApiKey,
  NewApiKey,
  OpenTeam,
  Refund,
  RevokeApiKey,
  TeamCommand,
  TopUp,
  UpdateSubAccount,
} from '@tollgate/domain';
import {
  firstKeyOf,
  mainAccountId,
  specTime,
  subAccountId,
  subKeyId,
  teamId,
  theCommandId,
} from './ids';

type Envelope = Partial<CommandMetadata>;

const envelope: CommandMetadata = { id: theCommandId, teamId, at: specTime };

/** Any command, sent as `as` says; otherwise with the id {@link theCommandId} at `specTime`. */
function command<Command extends TeamCommand>(
  type: Command['type'],
  data: Command['data'],
  as: Envelope,
): Command {
  return { ...envelope, ...as, type, data } as Command;
}

export function newApiKey(keyId: string, more: Partial<NewApiKey> = {}): NewApiKey {
  return {
    keyId,
    name: 'Default',
    secretHash: 'ab'.repeat(32),
    prefix: 'tg_live_sub_abcd',
    environment: 'live',
    ...more,
  };
}

export function openTeam(data: Partial<OpenTeam['data']> = {}, as: Envelope = {}): OpenTeam {
  const apiKey = newApiKey(firstKeyOf(mainAccountId));
  return command<OpenTeam>('OpenTeam', { name: 'Acme', mainAccountId, apiKey, ...data }, as);
}

export function topUp(data: TopUp['data'], as: Envelope = {}): TopUp {
  return command<TopUp>('TopUp', data, as);
}

export function adjustBalance(
  data: Pick<AdjustBalance['data'], 'amount'> & Partial<AdjustBalance['data']>,
  as: Envelope = {},
): AdjustBalance {
  return command<AdjustBalance>(
    'AdjustBalance',
    { reason: 'correction', force: false, ...data },
    as,
  );
}

export function createSubAccount(
  data: Partial<CreateSubAccount['data']> = {},
  as: Envelope = {},
): CreateSubAccount {
  const accountId = data.accountId ?? subAccountId;
  const apiKey = newApiKey(firstKeyOf(accountId));
  const all = { name: 'Client A', apiKey, ...data, accountId };
  return command<CreateSubAccount>('CreateSubAccount', all, as);
}

export function updateSubAccount(
  data: Partial<UpdateSubAccount['data']>,
  as: Envelope = {},
): UpdateSubAccount {
  return command<UpdateSubAccount>('UpdateSubAccount', { accountId: subAccountId, ...data }, as);
}

export function deactivateSubAccount(
  data: Partial<DeactivateSubAccount['data']> = {},
  as: Envelope = {},
): DeactivateSubAccount {
  const all = { accountId: subAccountId, ...data };
  return command<DeactivateSubAccount>('DeactivateSubAccount', all, as);
}

export function issueApiKey(
  data: Partial<IssueApiKey['data']> = {},
  as: Envelope = {},
): IssueApiKey {
  const apiKey = newApiKey(`key_${theCommandId}`);
  return command<IssueApiKey>('IssueApiKey', { accountId: subAccountId, apiKey, ...data }, as);
}

export function revokeApiKey(
  data: Partial<RevokeApiKey['data']> = {},
  as: Envelope = {},
): RevokeApiKey {
  const all = { accountId: subAccountId, apiKeyId: subKeyId, ...data };
  return command<RevokeApiKey>('RevokeApiKey', all, as);
}

export function charge(
  data: Pick<Charge['data'], 'amount'> & Partial<Charge['data']>,
  as: Envelope = {},
): Charge {
  const all = { accountId: subAccountId, item: { type: 'custom' } as const, ...data };
  return command<Charge>('Charge', all, as);
}

export function refund(
  data: Pick<Refund['data'], 'chargeId'> & Partial<Refund['data']>,
  as: Envelope = {},
): Refund {
  return command<Refund>('Refund', { accountId: subAccountId, ...data }, as);
}
