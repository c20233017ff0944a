import { accept, recall, refuse } from '../../kernel';
import type { RenewNumber, SuspendNumber } from './commands';
import type { SenderDecision } from './decide';
import type { SenderEvent } from './events';
import type { SendersState } from './state';

/** One more month; it also ends a suspension. */
export function decideRenewNumber(command: RenewNumber, state: SendersState): SenderDecision {
  const { numberId, chargeId, paidUntil } = command.data;
  const number = state.numbers.get(numberId);
  if (number === undefined) return refuse({ code: 'number_not_found', numberId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (paidUntil <= number.paidUntil) return accept<SenderEvent>();
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
