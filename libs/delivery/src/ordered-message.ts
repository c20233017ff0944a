import { decodeEvent, idInStream, isTeamStream } from '@tollgate/contracts';
import type { MessageItem, MessageRef } from '@tollgate/domain';
import type { RecordedEvent } from '@tollgate/ports';
import { causedByCharge, type Cause } from './caused-by';

/** Where a message belongs, with the charge that ordered it. */
export type ChargedRef = MessageRef & { readonly chargeId: string };

/** A message that was charged, and so ordered, by one event of its team's stream. */
export interface OrderedMessage {
  /** Its id belongs to this charge alone: the message's stream is found by it. */
  readonly ref: ChargedRef;
  readonly item: MessageItem;
  readonly cause: Cause;
}

/** Undefined for any event that orders no message. */
export function orderedMessageIn(recorded: RecordedEvent): OrderedMessage | undefined {
  if (recorded.type !== 'AccountCharged' || !isTeamStream(recorded.stream)) return undefined;
  const { event, metadata } = decodeEvent(recorded);
  if (event.type !== 'AccountCharged' || event.data.item.type !== 'message') return undefined;
  const { accountId, chargeId, item } = event.data;
  const { id: messageId, senderId } = item;
  const sender = senderId === undefined ? {} : { senderId };
  const teamId = idInStream(recorded.stream);
  return {
    ref: { messageId, accountId, teamId, ...sender, chargeId },
    item,
    cause: causedByCharge(metadata),
  };
}
