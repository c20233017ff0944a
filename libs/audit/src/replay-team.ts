import { teamStream } from '@tollgate/contracts';
import { centsDown, centsUp, type Micros, type TeamEvent } from '@tollgate/domain';
import { LogCorrupt, type EventReader, type RecordedEvent } from '@tollgate/ports';
import { decodeStored, problemOf } from './decode-stored';
import { TeamLedger, type LedgerAccount } from './team-ledger';

/** An amount as the ledger keeps it and as the API shows it. */
export interface Amount {
  readonly micros: Micros;
  /** Balances rounded down, spending rounded up. */
  readonly cents: number;
}

export interface AccountAsOf {
  readonly id: string;
  readonly isMain: boolean;
  readonly status: LedgerAccount['status'];
  readonly totalSpent: Amount;
  readonly held: Amount;
  /** Null: no cap. */
  readonly creditLimit: Amount | null;
  readonly charges: number;
  readonly keysActive: number;
}

export interface TeamAsOf {
  readonly id: string;
  readonly name: string;
  /** Unix ms, as asked for. */
  readonly at: number;
  /** Of the last event up to then, and when that was decided. */
  readonly revision: number;
  readonly lastEventAt: number;
  readonly balance: Amount;
  readonly held: Amount;
  readonly toppedUp: Amount;
  readonly adjusted: Amount;
  readonly charged: Amount;
  readonly refunded: Amount;
  readonly charges: number;
  readonly refunds: number;
  readonly keysActive: number;
  readonly accounts: readonly AccountAsOf[];
}

export interface ReplayOptions {
  readonly events: EventReader;
  readonly teamId: string;
  /** Unix ms; events decided at this very time count. */
  readonly at: number;
}

/**
 * Every number of a team as of a time, added up from its events; undefined for a team that did
 * not exist then.
 * @throws LogCorrupt a record up to then can't be read.
 * @throws LogUnavailable
 */
export async function replayTeam({
  events,
  teamId,
  at,
}: ReplayOptions): Promise<TeamAsOf | undefined> {
  const ledger = new TeamLedger();
  let revision = -1;
  let lastEventAt = 0;
  reading: for await (const batch of events.readStream(teamStream(teamId))) {
    for (const recorded of batch) {
      const { event, metadata } = decoded(recorded);
      if (metadata.at > at) break reading;
      ledger.apply(event as TeamEvent, metadata.at);
      revision = recorded.revision;
      lastEventAt = metadata.at;
    }
  }
  if (revision < 0) return undefined;
  return { id: teamId, at, revision, lastEventAt, ...numbersOf(ledger) };
}

function numbersOf(ledger: TeamLedger): Omit<TeamAsOf, 'id' | 'at' | 'revision' | 'lastEventAt'> {
  const accounts = [...ledger.accounts].map(([id, account]) => accountAsOf(id, account));
  return {
    name: ledger.name,
    balance: roundedDown(ledger.balance),
    held: roundedUp(0),
    toppedUp: roundedDown(ledger.toppedUp),
    adjusted: roundedDown(ledger.adjusted),
    charged: roundedUp(ledger.charged),
    refunded: roundedDown(ledger.refunded),
    charges: ledger.charges,
    refunds: ledger.refunds,
    keysActive: accounts.reduce((sum, { keysActive }) => sum + keysActive, 0),
    accounts,
  };
}

function accountAsOf(id: string, account: LedgerAccount): AccountAsOf {
  const { isMain, status, spent, creditLimit, charges, keysActive } = account;
  return {
    id,
    isMain,
    status,
    totalSpent: roundedUp(spent),
    held: roundedUp(0),
    creditLimit: creditLimit === null ? null : roundedDown(creditLimit),
    charges,
    keysActive,
  };
}

function decoded(recorded: RecordedEvent): ReturnType<typeof decodeStored> {
  try {
    return decodeStored(recorded);
  } catch (fault) {
    throw new LogCorrupt(recorded.stream, recorded.revision, problemOf(fault));
  }
}

const roundedDown = (micros: Micros): Amount => ({ micros, cents: centsDown(micros) });
const roundedUp = (micros: Micros): Amount => ({ micros, cents: centsUp(micros) });
