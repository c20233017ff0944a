import { decodeEvent, idInStream, isTeamStream } from '@tollgate/contracts';
import type { EventMetadata, MessageItem } from '@tollgate/domain';
import type { RecordedEvent } from '@tollgate/ports';

/** A message that was charged, and so ordered, by one event of its team's stream. */
export interface OrderedMessage {
  readonly teamId: string;
  readonly accountId: string;
  readonly chargeId: string;
  /** What it cost, in micros; 0 for the messages of test keys. */
  readonly amount: number;
  /** Its id belongs to this charge alone: the message's stream is found by it. */
  readonly item: MessageItem;
  /** Place of the charge in the whole log. */
  readonly position: number;
  /** Of the charge. */
  readonly metadata: EventMetadata;
}

/** Undefined for any event that orders no message. */
export function orderedMessageIn(recorded: RecordedEvent): OrderedMessage | undefined {
  if (recorded.type !== 'AccountCharged' || !isTeamStream(recorded.stream)) return undefined;
  const { event, metadata } = decodeEvent(recorded);
  if (event.type !== 'AccountCharged' || event.data.item.type !== 'message') return undefined;
  const { accountId, chargeId, amount, item } = event.data;
  const { position } = recorded;
  return {
    teamId: idInStream(recorded.stream),
    accountId,
    chargeId,
    amount,
    item,
    position,
    metadata,
  };
}
