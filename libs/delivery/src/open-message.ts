import type { JsonObject } from '@tollgate/domain';
import type { CarrierMessage, CarrierUpdate } from '@tollgate/ports';
import type { OrderedMessage } from './ordered-message';
import type { DeliveryPorts } from './ports';

type Failed = Extract<CarrierUpdate, { readonly status: 'failed' }>;

/** A message for the carrier, or why there is none to be sent. */
export type Opened = { readonly message: CarrierMessage } | { readonly failed: Failed };

const erased: Failed = {
  status: 'failed',
  errorCode: 'recipient_erased',
  errorMessage: 'The personal data of the recipient was erased before the message was delivered.',
};
const unreadable: Failed = {
  status: 'failed',
  errorCode: 'message_unreadable',
  errorMessage: 'The message does not say to whom it goes, or what it says.',
};

/**
 * Opens a message for one attempt: between two attempts its recipient may be erased.
 * @throws VaultUnavailable
 * @throws Error the sender's address can't be looked up now.
 */
export async function openMessage(
  { ref, item }: OrderedMessage,
  { sealing, senderAddress }: Pick<DeliveryPorts, 'sealing' | 'senderAddress'>,
): Promise<Opened> {
  const { sealed, recipient: _recipient, ...open } = item;
  const said = sealed === undefined ? open : await sealing.open(sealed);
  if (said === undefined) return { failed: erased };
  if (!isReadable(said)) return { failed: unreadable };
  const { accountId, senderId } = ref;
  const from = senderId === undefined ? undefined : await senderAddress?.(accountId, senderId);
  const { to, content } = said;
  return { message: { ...open, accountId, to, content, ...(from === undefined ? {} : { from }) } };
}

type Readable = { readonly to: string; readonly content: JsonObject };

function isReadable(said: unknown): said is Readable {
  const { to, content } = (said ?? {}) as Partial<Readable>;
  return typeof to === 'string' && typeof content === 'object' && content !== null;
}
