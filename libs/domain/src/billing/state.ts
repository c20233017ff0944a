import { IdempotencyWindow, RecentRetries, type Micros } from '../kernel';

export interface Account {
  /** Null: no cap. */
  creditLimit: Micros | null;
  spent: Micros;
  held: Micros;
  status: 'active' | 'suspended' | 'deactivated';
  readonly isMain: boolean;
  externalId?: string;
  keyCount: number;
}

export interface ApiKey {
  readonly accountId: string;
  isRevoked: boolean;
}

/** All that deciding needs, and no more: names and metadata live in the read models only. */
export interface TeamState {
  /** Revision of the last event; -1 when the team does not exist. */
  revision: number;
  teamId: string;
  balance: Micros;
  held: Micros;
  readonly accounts: Map<string, Account>;
  readonly keys: Map<string, ApiKey>;
  readonly accountIdByExternalId: Map<string, string>;
  /** The command that the last event came from. */
  lastCommandId: string;
  /** When the last event was decided, Unix ms; a stream's times never go back. */
  lastAt: number;
  /** Refunded so far, by the revision of the charge. */
  readonly refunded: Map<number, Micros>;
  readonly window: IdempotencyWindow;
  readonly retries: RecentRetries;
}

export function initialTeam(): TeamState {
  return {
    revision: -1,
    teamId: '',
    balance: 0,
    held: 0,
    accounts: new Map(),
    keys: new Map(),
    accountIdByExternalId: new Map(),
    lastCommandId: '',
    lastAt: 0,
    refunded: new Map(),
    window: new IdempotencyWindow(),
    retries: new RecentRetries(),
  };
}
