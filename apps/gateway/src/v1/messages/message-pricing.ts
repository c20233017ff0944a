import { isSms, priceOf, type Environment, type PriceList } from '@tollgate/domain';
import { SegmentedMessage } from 'sms-segments-calculator';
import { fault } from './message-rules';
import type { Channel } from './send-message.dto';

export interface MessagePrice {
  /** Micros; 0 for test keys. */
  readonly amount: number;
  /** Of SMS only. */
  readonly segments?: number;
}

/** Prices messages by the operator's price list; messages of test keys are free. */
export class MessagePricing {
  constructor(private readonly list: PriceList) {}

  /** @throws ApiError invalid_request when the price list lacks the channel. */
  price(
    message: { readonly channel: Channel; readonly to: string; readonly text?: string },
    environment: Environment,
  ): MessagePrice {
    const { channel, to, text = '' } = message;
    const segments = isSms(channel) ? new SegmentedMessage(text).segmentsCount : undefined;
    const listed = priceOf({ channel, to, segments: segments ?? 1 }, this.list);
    if (listed === undefined) throw fault('channel', `${channel} is not offered`);
    const amount = environment === 'test' ? 0 : listed;
    return segments === undefined ? { amount } : { amount, segments };
  }
}
