import { accept, refuse, type Decision } from '../kernel';
import type { MessageEvent } from './events';
import type { MessageState } from './state';

/** What the carrier told of a message. */
export type CarrierReport = MessageEvent;

export interface MessageRejection {
  readonly code: 'message_is_final';
  readonly status: MessageState['status'];
}

/** A report that says nothing new is accepted and changes nothing; the end of a message stands. */
export function decideReport(
  report: CarrierReport,
  state: MessageState,
): Decision<MessageEvent, MessageRejection> {
  if (statusAfter(report) === state.status) return accept<MessageEvent>();
  if (state.status === 'delivered' || state.status === 'failed') {
    return refuse({ code: 'message_is_final', status: state.status });
  }
  return accept(report);
}

export function evolveMessage(state: MessageState, event: MessageEvent): void {
  state.revision += 1;
  state.status = statusAfter(event);
}

function statusAfter(event: MessageEvent): MessageState['status'] {
  switch (event.type) {
    case 'MessageSent':
      return 'sent';
    case 'MessageDelivered':
      return 'delivered';
    case 'MessageFailed':
      return 'failed';
  }
}
