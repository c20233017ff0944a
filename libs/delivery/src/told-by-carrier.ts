import type { MessageEvent, MessageRef } from '@tollgate/domain';
import type { CarrierUpdate } from '@tollgate/ports';

/** What a carrier told, as an event of the message's stream. */
export function eventOf(update: CarrierUpdate, ref: MessageRef): MessageEvent {
  switch (update.status) {
    case 'sent': {
      const { providerMessageId, reportFollows } = update;
      const follows = reportFollows === true ? { reportFollows } : {};
      return { type: 'MessageSent', data: { ...ref, providerMessageId, ...follows } };
    }
    case 'delivered':
      return { type: 'MessageDelivered', data: ref };
    case 'failed': {
      const { errorCode, errorMessage } = update;
      return { type: 'MessageFailed', data: { ...ref, errorCode, errorMessage } };
    }
  }
}

/** Where a message belongs, as any event of its stream says. */
export function refIn({ data }: MessageEvent): MessageRef {
  const { messageId, accountId, teamId, senderId, chargeId } = data;
  return {
    messageId,
    accountId,
    teamId,
    ...(senderId === undefined ? {} : { senderId }),
    ...(chargeId === undefined ? {} : { chargeId }),
  };
}
