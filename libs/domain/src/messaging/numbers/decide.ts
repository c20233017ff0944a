import { accept, orAsBefore, recall, refuse, type Decision } from '../../kernel';
import type { ClaimNumber, NumberCommand, ReleaseNumberClaim } from './commands';
import type { NumberEvent } from './events';
import type { NumberRejection } from './rejections';
import type { NumberState } from './state';

export type NumberDecision = Decision<NumberEvent, NumberRejection>;

/**
 * Decides one command. Order of checks: idempotency, then whose the number is. What was accepted is
 * never refused later. Reads the state, never changes it.
 */
export function decide(command: NumberCommand, state: NumberState): NumberDecision {
  return orAsBefore(decideAnew(command, state), command, state);
}

/** Giving a number back works even when no more commands can be remembered. */
function decideAnew(command: NumberCommand, state: NumberState): NumberDecision {
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  switch (command.type) {
    case 'ClaimNumber':
      return state.window.isFullAt(command.at)
        ? refuse({ code: 'idempotency_window_full' })
        : decideClaim(command, state);
    case 'ReleaseNumberClaim':
      return decideRelease(command, state);
  }
}

function decideClaim({ data }: ClaimNumber, { numberId }: NumberState): NumberDecision {
  if (numberId === data.numberId) return accept<NumberEvent>();
  if (numberId !== null) return refuse({ code: 'number_taken', phoneNumber: data.phoneNumber });
  return accept<NumberEvent>({ type: 'NumberClaimed', data });
}

function decideRelease({ data }: ReleaseNumberClaim, { numberId }: NumberState): NumberDecision {
  if (numberId !== data.numberId) return accept<NumberEvent>();
  return accept<NumberEvent>({ type: 'NumberClaimReleased', data: { numberId } });
}
