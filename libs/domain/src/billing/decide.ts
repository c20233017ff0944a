import { orAsBefore, recall, refuse, type Decision } from '../kernel';
import { decideDeactivate, decideIssueKey, decideRevokeKey } from './decide-access';
import { decideCharge, decideRefund } from './decide-charge';
import { decideAdjustment, decideTopUp } from './decide-balance';
import { decideCreate, decideOpen, decideUpdate } from './decide-accounts';
import type { TeamCommand } from './commands';
import type { TeamEvent } from './events';
import type { TeamRejection } from './rejections';
import type { TeamState } from './state';

export type TeamDecision = Decision<TeamEvent, TeamRejection>;

/**
 * Decides one command. Order of checks: key and account active, validity, idempotency, credit
 * limit, balance; the first that fails names the refusal. What was accepted is never refused later:
 * a command that is handed over once more, since a writer died before it could answer, meets a key
 * that was revoked and an account that was closed in the meantime. Reads the state, never changes
 * it.
 */
export function decide(command: TeamCommand, state: TeamState): TeamDecision {
  return orAsBefore(decideAnew(command, state), command, state);
}

function decideAnew(command: TeamCommand, state: TeamState): TeamDecision {
  if (state.revision < 0) {
    return command.type === 'OpenTeam' ? decideOpen(command) : refuse({ code: 'team_not_found' });
  }
  if (isKeyRevoked(command.keyId, state)) return refuse({ code: 'key_revoked' });
  if (state.window.isFullAt(command.at) && !isAlwaysTaken(command)) {
    return recall(command, state) ?? refuse({ code: 'idempotency_window_full' });
  }
  return decideKnown(command, state);
}

function decideKnown(command: TeamCommand, state: TeamState): TeamDecision {
  switch (command.type) {
    case 'Charge':
      return decideCharge(command, state);
    case 'Refund':
      return decideRefund(command, state);
    case 'OpenTeam':
      return recall(command, state) ?? refuse({ code: 'team_exists' });
    case 'TopUp':
      return decideTopUp(command, state);
    case 'AdjustBalance':
      return decideAdjustment(command, state);
    case 'CreateSubAccount':
      return decideCreate(command, state);
    case 'UpdateSubAccount':
      return decideUpdate(command, state);
    case 'DeactivateSubAccount':
      return decideDeactivate(command, state);
    case 'IssueApiKey':
      return decideIssueKey(command, state);
    case 'RevokeApiKey':
      return decideRevokeKey(command, state);
  }
}

/** What stops spending works even for a team that can remember no more commands. */
function isAlwaysTaken({ type }: TeamCommand): boolean {
  return type === 'RevokeApiKey' || type === 'DeactivateSubAccount' || type === 'UpdateSubAccount';
}

function isKeyRevoked(keyId: string | undefined, state: TeamState): boolean {
  return keyId !== undefined && state.keys.get(keyId)?.isRevoked !== false;
}
