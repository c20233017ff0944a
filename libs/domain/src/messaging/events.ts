/* Names and fields are the storage format, as in `../billing/events.ts`. */

export interface MessageRef {
  readonly messageId: string;
  readonly accountId: string;
  readonly teamId: string;
  /** Of messages that a sender sent: its webhook is told. */
  readonly senderId?: string;
  /** The charge that ordered it; absent in events that were written before it was kept. */
  readonly chargeId?: string;
}

/** The carrier took the message. */
export interface MessageSent {
  readonly type: 'MessageSent';
  readonly data: MessageRef & {
    readonly providerMessageId: string;
    /** The carrier tells the end later, in a report of its own: it is not asked for it. */
    readonly reportFollows?: true;
  };
}

export interface MessageDelivered {
  readonly type: 'MessageDelivered';
  readonly data: MessageRef;
}

/** Final: the message will not arrive, and its charge goes back. */
export interface MessageFailed {
  readonly type: 'MessageFailed';
  readonly data: MessageRef & { readonly errorCode: string; readonly errorMessage: string };
}

export type MessageEvent = MessageSent | MessageDelivered | MessageFailed;
