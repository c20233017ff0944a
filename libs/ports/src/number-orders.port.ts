import type {
  CommandMetadata,
  NumberOrder,
  NumberRejection,
  SenderRejection,
  SendersKind,
  TeamRejection,
} from '@tollgate/domain';
import type { Outcome } from './command-log.port';

/** What became of an order for a number. */
export type NumberBought =
  | {
      readonly status: 'bought';
      /** Of the first order, when this is its repeat. */
      readonly numberId: string;
      /** Read models of the account's senders show the number at this revision or later. */
      readonly streamRevision: number;
      readonly isRepeat: boolean;
    }
  /** Nothing was charged, and nobody holds the number for this order. */
  | {
      readonly status: 'refused';
      readonly rejection: TeamRejection | NumberRejection | SenderRejection;
    }
  /** It will be finished or undone; ask again with the same id. */
  | { readonly status: 'unknown'; readonly commandId: string }
  /** A part that is needed was away: nothing was done. */
  | { readonly status: 'unavailable' };

/** Buys numbers and gives them back, each in several steps that end in one truth. */
export interface NumberOrders {
  /**
   * @param metadata of the request: its command id is the claim's.
   * @throws CommandLogFull, CommandLogUnavailable before anything was done.
   */
  buy(order: NumberOrder, metadata: CommandMetadata): Promise<NumberBought>;
  /** @throws CommandLogFull, CommandLogUnavailable before anything was done. */
  release(
    accountId: string,
    numberId: string,
    metadata: CommandMetadata,
  ): Promise<Outcome<SendersKind>>;
}
