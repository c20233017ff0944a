import { accept, presentFields, recall, refuse } from '../../kernel';
import type { AddNumber, ReleaseNumber, UpdateNumber } from './commands';
import type { SenderDecision } from './decide';
import type { NumberAdded, SenderEvent } from './events';
import type { OwnedNumber, SendersState } from './state';

/** An account may own this many numbers. */
export const NUMBERS_MAX = 1_000;

/** That nobody else owns the number is for its claim to say, in the number's own stream. */
export function decideAddNumber(command: AddNumber, state: SendersState): SenderDecision {
  const { numberId, chargeId } = command.data;
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  const owned = state.numbers.get(numberId);
  if (owned?.chargeId === chargeId) return accept<SenderEvent>();
  if (owned !== undefined) return refuse({ code: 'number_owned', chargeId: owned.chargeId });
  const released = state.releasedNumbers.get(numberId);
  if (released !== undefined) {
    return refuse({ code: 'number_released', chargeId: released.chargeId });
  }
  if (state.numbers.size >= NUMBERS_MAX) {
    return refuse({ code: 'too_many', what: 'phone numbers', max: NUMBERS_MAX });
  }
  return accept<SenderEvent>(added(command));
}

export function decideUpdateNumber(command: UpdateNumber, state: SendersState): SenderDecision {
  const { numberId, senderId } = command.data;
  const number = state.numbers.get(numberId);
  if (number === undefined) return refuse({ code: 'number_not_found', numberId });
  const sender = typeof senderId === 'string' ? state.senders.get(senderId) : null;
  if (sender === undefined) return refuse({ code: 'sender_not_found', senderId: senderId! });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (sender !== null && sender.numberId !== null && sender.numberId !== numberId) {
    return refuse({ code: 'sender_has_number', senderId: senderId! });
  }
  return accept<SenderEvent>(...renamed(command, number), ...assigned(command, number, state));
}

export function decideReleaseNumber(command: ReleaseNumber, state: SendersState): SenderDecision {
  const { numberId } = command.data;
  const number = state.numbers.get(numberId);
  if (number === undefined) return refuse({ code: 'number_not_found', numberId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (number.senderId !== null) return refuse({ code: 'number_assigned', numberId });
  const { phoneNumber } = number;
  const { teamId } = command;
  return accept<SenderEvent>({ type: 'NumberReleased', data: { numberId, phoneNumber, teamId } });
}

function added({ data }: AddNumber): NumberAdded {
  const { numberId, phoneNumber, chargeId, name, paidUntil } = data;
  const { capabilities, monthlyPrice, upfrontPrice, isFree } = data;
  const terms = { capabilities, monthlyPrice, upfrontPrice, isFree };
  const more = presentFields({ name });
  return {
    type: 'NumberAdded',
    data: { numberId, phoneNumber, chargeId, paidUntil, ...terms, ...more },
  };
}

function renamed({ data: { numberId, name } }: UpdateNumber, number: OwnedNumber): SenderEvent[] {
  if (name === undefined || name === number.name) return [];
  return [{ type: 'NumberRenamed', data: { numberId, name } }];
}

/** A sender that loses its number can't call any more. */
function assigned({ data }: UpdateNumber, number: OwnedNumber, state: SendersState): SenderEvent[] {
  const { numberId, senderId } = data;
  const previousSenderId = number.senderId;
  if (senderId === undefined || senderId === previousSenderId) return [];
  const moved: SenderEvent = {
    type: 'NumberAssigned',
    data: { numberId, senderId, previousSenderId },
  };
  if (previousSenderId === null || state.senders.get(previousSenderId)?.voice !== true) {
    return [moved];
  }
  return [moved, { type: 'SenderUpdated', data: { senderId: previousSenderId, voice: false } }];
}
