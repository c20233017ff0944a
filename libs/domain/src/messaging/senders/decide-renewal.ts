import { accept, recall, refuse } from '../../kernel';
import type { RenewNumber, SuspendNumber } from './commands';
import type { SenderDecision } from './decide';
import type { SenderEvent } from './events';
import type { SendersState } from './state';

/**
 * One more month; it also ends a suspension. A month that the number had before it was given back
 * is no news either.
 */
export function decideRenewNumber(command: RenewNumber, state: SendersState): SenderDecision {
  const { numberId, chargeId, paidUntil } = command.data;
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  const known = state.numbers.get(numberId) ?? state.releasedNumbers.get(numberId);
  if (known !== undefined && paidUntil <= known.paidUntil) return accept<SenderEvent>();
  if (!state.numbers.has(numberId)) return refuse({ code: 'number_not_found', numberId });
  return accept<SenderEvent>({ type: 'NumberRenewed', data: { numberId, chargeId, paidUntil } });
}

export function decideSuspendNumber(command: SuspendNumber, state: SendersState): SenderDecision {
  const { numberId, reason } = command.data;
  const number = state.numbers.get(numberId);
  if (number === undefined) return refuse({ code: 'number_not_found', numberId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (number.isSuspended) return accept<SenderEvent>();
  return accept<SenderEvent>({ type: 'NumberSuspended', data: { numberId, reason } });
}
