export interface MessageState {
  /** Revision of the last event; -1 while only the charge ordered the message. */
  revision: number;
  status: 'queued' | 'sent' | 'delivered' | 'failed';
}

export function queuedMessage(): MessageState {
  return { revision: -1, status: 'queued' };
}
