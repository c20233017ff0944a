import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import type { NumberTerms } from '@tollgate/domain';
import type { AvailableNumber, NumberInventory, NumberSearch, NumberType } from '@tollgate/ports';

/** US dollars. */
export interface NumberPrice {
  readonly monthly: number;
  readonly upfront: number;
}

export type NumberPrices = Readonly<Record<NumberType, NumberPrice>>;

export const DEFAULT_NUMBER_PRICES: NumberPrices = {
  local: { monthly: 1, upfront: 1.25 },
  national: { monthly: 1.5, upfront: 1.5 },
  tollFree: { monthly: 2, upfront: 2 },
  mobile: { monthly: 3, upfront: 3 },
};

const MICROS_PER_DOLLAR = 1_000_000;
/** Area codes of the North American plan that the sandbox has numbers in. */
const AREAS = { local: ['212', '305', '415', '512', '617'], tollFree: ['800', '888'] } as const;
/** 555-0100 to 555-0199 are kept for fiction. */
const FICTION = 100;
/** Last digits of other countries' example numbers that the sandbox varies. */
const TAIL = 1_000;

/**
 * Numbers that nobody has: in the United States and Canada those kept for fiction, elsewhere
 * variations of the example number of the country's mobile plan.
 */
export class SandboxNumbers implements NumberInventory {
  constructor(private readonly prices: NumberPrices = DEFAULT_NUMBER_PRICES) {}

  async *search(search: NumberSearch): AsyncIterable<AvailableNumber> {
    const { type, limit, contains = '', capabilities = [] } = search;
    let found = 0;
    for (const number of this.numbersOf(search.countryCode, type)) {
      if (found === limit) return;
      if (!number.phoneNumber.includes(contains)) continue;
      if (!capabilities.every((each) => number.capabilities[each])) continue;
      found += 1;
      yield number;
    }
  }

  async find(phoneNumber: string): Promise<AvailableNumber | undefined> {
    for (const { country, type } of placesOf(phoneNumber)) {
      for (const number of this.numbersOf(country, type)) {
        if (number.phoneNumber === phoneNumber) return number;
      }
    }
    return undefined;
  }

  private *numbersOf(countryCode: string, type: NumberType): Iterable<AvailableNumber> {
    const country = getCountries().find((each) => each === countryCode);
    if (country === undefined) return;
    for (const phoneNumber of phoneNumbers(country, type)) {
      yield { ...this.terms(type), phoneNumber, countryCode: country, ...friendly(phoneNumber) };
    }
  }

  private terms(type: NumberType): NumberTerms {
    const { monthly, upfront } = this.prices[type];
    return {
      capabilities: { sms: true, voice: true, mms: type === 'local' },
      monthlyPrice: Math.round(monthly * MICROS_PER_DOLLAR),
      upfrontPrice: Math.round(upfront * MICROS_PER_DOLLAR),
      isFree: false,
    };
  }
}

function* phoneNumbers(country: CountryCode, type: NumberType): Iterable<string> {
  if (getCountryCallingCode(country) !== '1') return yield* mobileNumbers(country, type);
  if (country !== 'US' || (type !== 'local' && type !== 'tollFree')) return;
  for (const area of AREAS[type]) {
    for (let n = 0; n < FICTION; n += 1) yield `+1${area}55501${String(n).padStart(2, '0')}`;
  }
}

function* mobileNumbers(country: CountryCode, type: NumberType): Iterable<string> {
  const example = type === 'mobile' ? getExampleNumber(country, examples) : undefined;
  if (example === undefined) return;
  const head = example.number.slice(0, -3);
  for (let n = 0; n < TAIL; n += 1) yield head + String(n).padStart(3, '0');
}

/** Where in the plan a number can only be. */
function placesOf(phoneNumber: string): readonly { country: string; type: NumberType }[] {
  const country = parsePhoneNumberFromString(phoneNumber)?.country;
  if (country === undefined) return [];
  return country === 'US'
    ? [
        { country, type: 'local' },
        { country, type: 'tollFree' },
      ]
    : [{ country, type: 'mobile' }];
}

function friendly(phoneNumber: string): { readonly friendlyName?: string } {
  const friendlyName = parsePhoneNumberFromString(phoneNumber)?.formatNational();
  return friendlyName === undefined ? {} : { friendlyName };
}
