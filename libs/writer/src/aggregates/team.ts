import { teamStream } from '@tollgate/contracts';
import {
  team,
  type Account,
  type ApiKey,
  type CommandMemory,
  type TeamCommand,
  type TeamKind,
  type TeamState,
} from '@tollgate/domain';
import type { Aggregate, RecordedReads, StateCodec } from '../aggregate';
import { withCharge, withChargeOfBatch } from './find-charge';

const TEAM_BYTES = 1_000;
const ACCOUNT_BYTES = 250;
const EXTERNAL_ID_BYTES = 150;
const KEY_BYTES = 180;
const REFUND_BYTES = 50;

interface SavedTeam {
  readonly teamId: string;
  readonly balance: number;
  readonly held: number;
  readonly accounts: [string, Account][];
  readonly keys: [string, ApiKey][];
  readonly refunded: [number, number][];
}

const snapshot: StateCodec<TeamState> = {
  version: 2,
  encode: ({ teamId, balance, held, accounts, keys, refunded }): SavedTeam => ({
    teamId,
    balance,
    held,
    accounts: [...accounts],
    keys: [...keys],
    refunded: [...refunded],
  }),
  /** In the order of a new team's fields, so that the engine sees one shape of object. */
  decode: (saved: SavedTeam, memory: CommandMemory): TeamState => {
    const accounts = new Map(saved.accounts);
    return {
      ...memory,
      teamId: saved.teamId,
      balance: saved.balance,
      held: saved.held,
      accounts,
      keys: new Map(saved.keys),
      accountIdByExternalId: externalIdsOf(accounts),
      refunded: new Map(saved.refunded),
    };
  },
};

const reads: RecordedReads<TeamCommand> = {
  isNeededFor: ({ type }) => type === 'Refund',
  fromLog: async (command, revisionMax, lookup) =>
    command.type === 'Refund' ? withCharge(command, revisionMax, lookup) : command,
  fromBatch: (command, revisionBefore, events) =>
    command.type === 'Refund' ? withChargeOfBatch(command, revisionBefore, events) : command,
};

/** Teams, in streams of their own. */
export const teamAggregate: Aggregate<TeamKind> = {
  decider: team,
  stream: teamStream,
  idOf: ({ teamId }) => teamId,
  tooLarge: (max) => ({ code: 'too_many', what: 'bytes in one command', max }),
  bytesOf: ({ accounts, accountIdByExternalId, keys, refunded }) =>
    TEAM_BYTES +
    accounts.size * ACCOUNT_BYTES +
    accountIdByExternalId.size * EXTERNAL_ID_BYTES +
    keys.size * KEY_BYTES +
    refunded.size * REFUND_BYTES,
  snapshot,
  reads,
};

function externalIdsOf(accounts: ReadonlyMap<string, Account>): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [accountId, { externalId }] of accounts) {
    if (externalId !== undefined) ids.set(externalId, accountId);
  }
  return ids;
}
