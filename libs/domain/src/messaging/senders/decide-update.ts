import { accept, presentFields, recall, refuse } from '../../kernel';
import type { RegenerateWebhookSecret, UpdateSender } from './commands';
import type { SenderDecision } from './decide';
import type { SenderEvent, SenderUpdated } from './events';
import type { Sender, SendersState } from './state';
import { webhookAfter, type WebhookChange } from './webhook';

export function decideUpdate(command: UpdateSender, state: SendersState): SenderDecision {
  const { senderId, voice, webhook } = command.data;
  const sender = state.senders.get(senderId);
  if (sender === undefined) return refuse({ code: 'sender_not_found', senderId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (voice === true && sender.numberId === null) return refuse({ code: 'voice_needs_number' });
  const change = webhookAfter(webhook, sender);
  if (change.kind === 'refused') return change;
  return accept<SenderEvent>(
    ...updated(command, sender, change),
    ...defaultSet(command, state.defaultSenderId),
  );
}

export function decideRegenerate(
  command: RegenerateWebhookSecret,
  state: SendersState,
): SenderDecision {
  const { senderId } = command.data;
  const sender = state.senders.get(senderId);
  if (sender === undefined) return refuse({ code: 'sender_not_found', senderId });
  const repeated = recall(command, state);
  if (repeated !== undefined) return repeated;
  if (sender.webhook === null) return refuse({ code: 'no_webhook' });
  const secretVersion = sender.lastSecretVersion + 1;
  return accept<SenderEvent>({
    type: 'WebhookSecretRegenerated',
    data: { senderId, secretVersion },
  });
}

function updated({ data }: UpdateSender, sender: Sender, change: WebhookChange): SenderUpdated[] {
  const { senderId, name, smsOneway, voice, email } = data;
  const changes = presentFields({
    name,
    smsOneway,
    voice: voice === sender.voice ? undefined : voice,
    email,
    webhook: change.kind === 'changed' ? change.webhook : undefined,
  });
  if (Object.keys(changes).length === 0) return [];
  return [{ type: 'SenderUpdated', data: { senderId, ...changes } }];
}

/** The default moves to another sender; it is never just given up. */
function defaultSet({ data }: UpdateSender, defaultSenderId: string | null): SenderEvent[] {
  const { senderId, setAsDefault } = data;
  if (setAsDefault !== true || senderId === defaultSenderId) return [];
  return [{ type: 'DefaultSenderSet', data: { senderId } }];
}
