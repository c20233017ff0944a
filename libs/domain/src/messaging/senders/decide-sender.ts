import { accept, presentFields, recall, refuse, refuseReused } from '../../kernel';
import type { CreateSender, DeleteSender } from './commands';
import type { SenderDecision } from './decide';
import type { SenderCreated, SenderEvent } from './events';
import type { SendersState } from './state';
import { newWebhook } from './webhook';

/** An account may have this many senders. */
export const SENDERS_MAX = 1_000;

export function decideCreate(command: CreateSender, state: SendersState): SenderDecision {
  const { senderId, phoneNumber, voice } = command.data;
  if (voice === true && phoneNumber === undefined) return refuse({ code: 'voice_needs_number' });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (state.senders.has(senderId)) return refuseReused(command.id);
  if (state.senders.size >= SENDERS_MAX) {
    return refuse({ code: 'too_many', what: 'senders', max: SENDERS_MAX });
  }
  if (phoneNumber === undefined) return accept<SenderEvent>(created(command, state));
  const numberId = numberIdOf(phoneNumber, state);
  if (numberId === undefined) return refuse({ code: 'number_not_owned', phoneNumber });
  if (state.numbers.get(numberId)!.senderId !== null) {
    return refuse({ code: 'number_assigned', numberId });
  }
  return accept<SenderEvent>(created(command, state, numberId));
}

/** The default sender stays while there is any, so that an account with senders has one. */
export function decideDelete(command: DeleteSender, state: SendersState): SenderDecision {
  const { senderId } = command.data;
  const sender = state.senders.get(senderId);
  if (sender === undefined) return refuse({ code: 'sender_not_found', senderId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (state.defaultSenderId === senderId) return refuse({ code: 'default_sender' });
  const deleted: SenderEvent = { type: 'SenderDeleted', data: { senderId } };
  const { numberId } = sender;
  if (numberId === null) return accept<SenderEvent>(deleted);
  const unassigned = { numberId, senderId: null, previousSenderId: senderId };
  return accept<SenderEvent>({ type: 'NumberAssigned', data: unassigned }, deleted);
}

function created({ data }: CreateSender, state: SendersState, numberId?: string): SenderCreated {
  const { senderId, name, setAsDefault, smsOneway = false, voice = false, email, webhook } = data;
  return {
    type: 'SenderCreated',
    data: {
      senderId,
      name,
      isDefault: setAsDefault === true || state.defaultSenderId === null,
      smsOneway,
      voice,
      ...presentFields({
        numberId,
        email,
        webhook: webhook === undefined ? undefined : newWebhook(webhook, 1),
      }),
    },
  };
}

function numberIdOf(phoneNumber: string, { numbers }: SendersState): string | undefined {
  for (const [numberId, number] of numbers) {
    if (number.phoneNumber === phoneNumber) return numberId;
  }
  return undefined;
}
