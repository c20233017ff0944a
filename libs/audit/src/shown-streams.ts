import { messageStream, teamStream } from '@tollgate/contracts';
import type { Row } from '@tollgate/ports';
import { accountKey, apiKeyKey, messageKey, teamKey } from '@tollgate/projections';
import type { AuditedMessage, AuditedTeam } from './log-audit';

/** What the read models must show of one stream. */
export interface ShownStream {
  readonly stream: string;
  /** The stream whose rows it is kept with: for a message that of its team. */
  readonly group: string;
  readonly revision: number;
  /** Anew with each call: they may be looked at more than once. */
  readonly rows: () => Iterable<ExpectedRow>;
}

export interface ExpectedRow {
  readonly key: string;
  readonly fields: Row;
}

export function shownTeam(stream: string, team: AuditedTeam): ShownStream {
  return { stream, group: stream, revision: team.stream.revision, rows: () => teamRows(team) };
}

export function shownMessage({ id, revision, message }: AuditedMessage): ShownStream {
  const { team, accountId, status } = message;
  const row = {
    key: messageKey(team.teamId, id),
    fields: { teamId: team.teamId, accountId, status },
  };
  return { stream: messageStream(id), group: teamStream(team.teamId), revision, rows: () => [row] };
}

/** Rows about people come and go with their keys, and are not compared. */
export function shownOther(stream: string, revision: number): ShownStream {
  return { stream, group: stream, revision, rows: () => [] };
}

/** Every number of the rows, and what decides who may see and spend; names are left out. */
function* teamRows({ audit: { teamId, ledger } }: AuditedTeam): Iterable<ExpectedRow> {
  const held = 0;
  yield { key: teamKey(teamId), fields: { balance: ledger.balance, held } };
  for (const [accountId, { status, creditLimit, spent: totalSpent }] of ledger.accounts) {
    const fields = { teamId, status, creditLimit, totalSpent, held };
    yield { key: accountKey(teamId, accountId), fields };
  }
  for (const [keyId, { accountId, revokedAt }] of ledger.keys) {
    yield { key: apiKeyKey(teamId, keyId), fields: { teamId, accountId, revokedAt } };
  }
}
