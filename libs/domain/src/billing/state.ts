import { newCommandMemory, type CommandMemory, type Micros } from '../kernel';

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
export interface TeamState extends CommandMemory {
  teamId: string;
  balance: Micros;
  held: Micros;
  readonly accounts: Map<string, Account>;
  readonly keys: Map<string, ApiKey>;
  readonly accountIdByExternalId: Map<string, string>;
  /** Refunded so far, by the revision of the charge. */
  readonly refunded: Map<number, Micros>;
}

export function initialTeam(): TeamState {
  return {
    ...newCommandMemory(),
    teamId: '',
    balance: 0,
    held: 0,
    accounts: new Map(),
    keys: new Map(),
    accountIdByExternalId: new Map(),
    refunded: new Map(),
  };
}
