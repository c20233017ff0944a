import type { Sealing } from '@tollgate/ports';
import type { ChargedMessage } from './charged-messages';
import type { WebhookEvent } from './webhook-event';

/** The body of a webhook, the same for every attempt; once the recipient is erased, without it. */
export function envelopeOf(event: WebhookEvent, { channel }: ChargedMessage, to: string): string {
  const { id, type, at, senderId, accountId, messageId, failure } = event;
  const status = type.slice(type.indexOf('.') + 1);
  const data = { messageId, to, channel, status, ...failure };
  return JSON.stringify({ id, type, timestamp: at, senderId, projectId: accountId, data });
}

/** Who a message was sent to; empty when that was erased since. @throws VaultUnavailable */
export async function recipientOf(
  { to = '', sealed }: ChargedMessage,
  sealing: Pick<Sealing, 'open'>,
): Promise<string> {
  if (sealed === undefined) return to;
  const said = (await sealing.open(sealed)) as { readonly to?: unknown } | undefined;
  return typeof said?.to === 'string' ? said.to : '';
}
