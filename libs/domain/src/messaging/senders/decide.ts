import { orAsBefore, recall, refuse, type Decision } from '../../kernel';
import type { SenderCommand } from './commands';
import { decideAddNumber, decideReleaseNumber, decideUpdateNumber } from './decide-numbers';
import { decideRenewNumber, decideSuspendNumber } from './decide-renewal';
import { decideCreate, decideDelete } from './decide-sender';
import { decideRegenerate, decideUpdate } from './decide-update';
import type { SenderEvent } from './events';
import type { SenderRejection } from './rejections';
import type { SendersState } from './state';

export type SenderDecision = Decision<SenderEvent, SenderRejection>;

/**
 * Decides one command. Order of checks: existence and validity, idempotency, then the rules; the
 * first that fails names the refusal. What was accepted is never refused later. Reads the state,
 * never changes it.
 */
export function decide(command: SenderCommand, state: SendersState): SenderDecision {
  return orAsBefore(decideAnew(command, state), command, state);
}

function decideAnew(command: SenderCommand, state: SendersState): SenderDecision {
  if (state.window.isFullAt(command.at) && !isAlwaysTaken(command)) {
    return recall(command, state) ?? refuse({ code: 'idempotency_window_full' });
  }
  return decideKnown(command, state);
}

function decideKnown(command: SenderCommand, state: SendersState): SenderDecision {
  switch (command.type) {
    case 'CreateSender':
      return decideCreate(command, state);
    case 'UpdateSender':
      return decideUpdate(command, state);
    case 'DeleteSender':
      return decideDelete(command, state);
    case 'RegenerateWebhookSecret':
      return decideRegenerate(command, state);
    case 'AddNumber':
      return decideAddNumber(command, state);
    case 'UpdateNumber':
      return decideUpdateNumber(command, state);
    case 'RenewNumber':
      return decideRenewNumber(command, state);
    case 'SuspendNumber':
      return decideSuspendNumber(command, state);
    case 'ReleaseNumber':
      return decideReleaseNumber(command, state);
  }
}

/** What ends the cost of a number works even for an account that can remember no more commands. */
function isAlwaysTaken({ type }: SenderCommand): boolean {
  return type === 'ReleaseNumber' || type === 'SuspendNumber';
}
