import type { DeciderOf } from '../kernel';
import type { TeamCommand } from './commands';
import { decide } from './decide';
import type { TeamEvent } from './events';
import { evolve } from './evolve';
import type { TeamRejection } from './rejections';
import { initialTeam, type TeamState } from './state';

export * from './commands';
export * from './events';
export * from './rejections';
export * from './state';
export type { TeamDecision } from './decide';
export { API_KEYS_MAX } from './decide-access';
export { SUB_ACCOUNTS_MAX } from './decide-accounts';

export interface TeamKind {
  readonly state: TeamState;
  readonly command: TeamCommand;
  readonly event: TeamEvent;
  readonly rejection: TeamRejection;
}

/** The team: one balance, its accounts and their keys, and everything charged to them. */
export const team: DeciderOf<TeamKind> = { initialState: initialTeam, decide, evolve };
