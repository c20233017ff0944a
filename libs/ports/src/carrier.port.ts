import type { JsonObject, MessageItem } from '@tollgate/domain';

/** A message as a carrier gets it: opened, and with where it comes from. */
export interface CarrierMessage extends Omit<MessageItem, 'sealed' | 'recipient'> {
  readonly accountId: string;
  readonly to: string;
  readonly content: JsonObject;
  /** E.164 number or e-mail address of the sender; absent when it has none. */
  readonly from?: string;
}

export type CarrierUpdate =
  | {
      readonly status: 'sent';
      /** What the carrier calls the message. */
      readonly providerMessageId: string;
      /** The end is told later, in a delivery report; this is the last update. */
      readonly reportFollows?: true;
    }
  | { readonly status: 'delivered' }
  | { readonly status: 'failed'; readonly errorCode: string; readonly errorMessage: string };

export interface Carrier {
  /**
   * Sends a message and yields what becomes of it, ending with delivered or failed, or with sent
   * when a report follows. Called again with the same message id after a crash, it does not send
   * twice.
   * @throws CarrierUnavailable it did not take the message, or nobody knows; ask again later.
   */
  deliver(message: CarrierMessage): AsyncIterable<CarrierUpdate>;
}

export class CarrierUnavailable extends Error {
  override readonly name = 'CarrierUnavailable';

  /** @param retryAfterMs how long the carrier asks to be left alone, when it says so. */
  constructor(
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
