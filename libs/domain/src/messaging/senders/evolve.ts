import { assert, remember, type EventMetadata } from '../../kernel';
import type {
  NumberAdded,
  NumberAssigned,
  NumberReleased,
  SenderCreated,
  SenderEvent,
  SenderUpdated,
  WebhookSecretRegenerated,
} from './events';
import type { OwnedNumber, Sender, SendersState } from './state';

/** Applies one event to the state it follows, changing that state. */
export function evolve(state: SendersState, event: SenderEvent, metadata: EventMetadata): void {
  state.revision += 1;
  apply(state, event);
  remember(state, metadata);
}

function apply(state: SendersState, event: SenderEvent): void {
  switch (event.type) {
    case 'SenderCreated':
      return applyCreated(state, event);
    case 'SenderUpdated':
      return applyUpdated(state, event);
    case 'DefaultSenderSet':
      senderOf(state, event.data.senderId);
      state.defaultSenderId = event.data.senderId;
      return;
    case 'SenderDeleted':
      senderOf(state, event.data.senderId);
      state.senders.delete(event.data.senderId);
      return;
    case 'WebhookSecretRegenerated':
      return applySecret(state, event);
    default:
      return applyToNumbers(state, event);
  }
}

type NumberEvent = Extract<SenderEvent, { type: `Number${string}` }>;

function applyToNumbers(state: SendersState, event: NumberEvent): void {
  switch (event.type) {
    case 'NumberAdded':
      return applyAdded(state, event);
    case 'NumberRenamed':
      numberOf(state, event.data.numberId).name = event.data.name;
      return;
    case 'NumberAssigned':
      return applyAssigned(state, event);
    case 'NumberRenewed': {
      const number = numberOf(state, event.data.numberId);
      number.paidUntil = event.data.paidUntil;
      number.isSuspended = false;
      return;
    }
    case 'NumberSuspended':
      numberOf(state, event.data.numberId).isSuspended = true;
      return;
    case 'NumberReleased':
      return applyReleased(state, event);
  }
}

function applyCreated(state: SendersState, { data }: SenderCreated): void {
  const { senderId, numberId = null, voice, webhook = null, isDefault } = data;
  const lastSecretVersion = webhook?.secretVersion ?? 0;
  state.senders.set(senderId, { numberId, voice, webhook, lastSecretVersion });
  if (numberId !== null) numberOf(state, numberId).senderId = senderId;
  if (isDefault) state.defaultSenderId = senderId;
}

function applyUpdated(state: SendersState, { data }: SenderUpdated): void {
  const sender = senderOf(state, data.senderId);
  if (data.voice !== undefined) sender.voice = data.voice;
  if (data.webhook === undefined) return;
  sender.webhook = data.webhook;
  if (data.webhook !== null) sender.lastSecretVersion = data.webhook.secretVersion;
}

function applySecret(state: SendersState, { data }: WebhookSecretRegenerated): void {
  const { senderId, secretVersion } = data;
  const sender = senderOf(state, senderId);
  assert(sender.webhook !== null, 'the webhook of a secret');
  sender.webhook = { ...sender.webhook, secretVersion };
  sender.lastSecretVersion = secretVersion;
}

function applyAdded(state: SendersState, { data }: NumberAdded): void {
  const { numberId, phoneNumber, chargeId, name = null, paidUntil } = data;
  const number = { phoneNumber, chargeId, senderId: null, name, paidUntil, isSuspended: false };
  state.numbers.set(numberId, number);
}

function applyAssigned(state: SendersState, { data }: NumberAssigned): void {
  const { numberId, senderId, previousSenderId } = data;
  if (previousSenderId !== null) senderOf(state, previousSenderId).numberId = null;
  if (senderId !== null) senderOf(state, senderId).numberId = numberId;
  numberOf(state, numberId).senderId = senderId;
}

function applyReleased(state: SendersState, { data }: NumberReleased): void {
  const { chargeId, paidUntil } = numberOf(state, data.numberId);
  state.numbers.delete(data.numberId);
  state.releasedNumbers.set(data.numberId, { chargeId, paidUntil });
}

function senderOf(state: SendersState, senderId: string): Sender {
  const sender = state.senders.get(senderId);
  assert(sender !== undefined, 'the sender of an event');
  return sender;
}

function numberOf(state: SendersState, numberId: string): OwnedNumber {
  const number = state.numbers.get(numberId);
  assert(number !== undefined, 'the number of an event');
  return number;
}
