import { MICROS_PER_DOLLAR, type Micros } from '../kernel';

/**
 * What messages cost, in US dollars. `sms` is priced per segment by the longest country prefix
 * that the number begins with; the other channels have one price a message.
 */
export interface PriceList {
  readonly currency: 'usd';
  readonly sms: {
    readonly default: number;
    /** Prices by E.164 prefix without the plus, such as `1` or `5255`. */
    readonly prefixes: { readonly [prefix: string]: number };
  };
  /** Price of one message by channel. A channel without a price is not offered. */
  readonly channels: { readonly [channel: string]: number };
}

export interface PricedMessage {
  readonly channel: string;
  readonly to: string;
  readonly segments: number;
}

const PREFIX_DIGITS_MAX = 7;
const SMS_CHANNELS: readonly string[] = ['sms', 'sms_oneway'];

export const isSms = (channel: string): boolean => SMS_CHANNELS.includes(channel);

/** The price in micros, or undefined when the list doesn't offer the channel. */
export function priceOf(message: PricedMessage, list: PriceList): Micros | undefined {
  if (isSms(message.channel)) {
    return toMicros(smsPrice(message.to, list)) * message.segments;
  }
  const price = ownPrice(list.channels, message.channel);
  return price === undefined ? undefined : toMicros(price);
}

function smsPrice(to: string, list: PriceList): number {
  const digits = to.replace(/^\+/, '');
  for (let length = PREFIX_DIGITS_MAX; length > 0; length -= 1) {
    const price = ownPrice(list.sms.prefixes, digits.slice(0, length));
    if (price !== undefined) return price;
  }
  return list.sms.default;
}

/** Names such as `constructor` are on every object, but on no price list. */
function ownPrice(prices: PriceList['channels'], name: string): number | undefined {
  return Object.hasOwn(prices, name) ? prices[name] : undefined;
}

const toMicros = (dollars: number): Micros => Math.round(dollars * MICROS_PER_DOLLAR);
