import type { MessageItem } from '@tollgate/domain';

export interface CarrierMessage extends MessageItem {
  readonly accountId: string;
}

export type CarrierUpdate =
  | { readonly status: 'sent'; readonly providerMessageId: string }
  | { readonly status: 'delivered' }
  | { readonly status: 'failed'; readonly errorCode: string; readonly errorMessage: string };

export interface Carrier {
  /**
   * Sends a message and yields what becomes of it, ending with delivered or failed. Called again
   * with the same message id after a crash, it does not send twice.
   * @throws CarrierUnavailable nothing was sent; try again later.
   */
  deliver(message: CarrierMessage): AsyncIterable<CarrierUpdate>;
}

export class CarrierUnavailable extends Error {
  override readonly name = 'CarrierUnavailable';
}
