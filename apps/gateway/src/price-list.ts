import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MICROS_PER_DOLLAR, type PriceList } from '@tollgate/domain';

export const DEFAULT_PRICE_LIST = join(__dirname, 'price-list.json');
const PRICE_MAX = 1_000;

/**
 * Reads a price list: US dollars by channel, for SMS by country prefix and segment.
 * @throws Error naming the file and the first entry that breaks a rule.
 */
export function readPriceList(path: string = DEFAULT_PRICE_LIST): PriceList {
  const list = parse(path);
  const fault = isObject(list) ? problemOf(list) : 'it is no JSON object';
  if (fault !== undefined) throw new Error(`price list ${path}: ${fault}`);
  return list as PriceList;
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (fault) {
    throw new Error(`price list ${path}: ${(fault as Error).message}`, { cause: fault });
  }
}

function problemOf({ currency, sms, channels }: Partial<PriceList>): string | undefined {
  if (currency !== 'usd') return 'currency must be "usd"';
  if (!isObject(sms) || !isObject(channels)) return 'sms and channels are required';
  if (!isObject(sms.prefixes)) return 'sms.prefixes must be an object';
  const prices: [string, unknown][] = [
    ['sms.default', sms.default],
    ...Object.entries(sms.prefixes).map(([name, price]) => entry('sms.prefixes', name, price)),
    ...Object.entries(channels).map(([name, price]) => entry('channels', name, price)),
  ];
  const wrong = prices.find(([, price]) => !isPrice(price));
  if (wrong !== undefined) return `${wrong[0]} must be whole micros of 0 to ${PRICE_MAX} dollars`;
  return Object.keys(sms.prefixes).every((prefix) => /^\d{1,7}$/.test(prefix))
    ? undefined
    : 'sms.prefixes must be 1 to 7 digits';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entry(group: string, name: string, price: unknown): [string, unknown] {
  return [`${group}.${name}`, price];
}

function isPrice(price: unknown): boolean {
  if (typeof price !== 'number' || price < 0 || price > PRICE_MAX) return false;
  const micros = price * MICROS_PER_DOLLAR;
  return Math.abs(micros - Math.round(micros)) < 1e-6;
}
