import type Zavudev from '@zavudev/sdk';

const ASKED_FOR = 50;
/** Phone numbers are unique in the whole system, which several specs may share. */
const handedOut = new Set<string>();

/** A local number that nobody has, and that no other spec of this process was given. */
export async function unsoldNumber({ phoneNumbers }: Zavudev): Promise<string> {
  for (const contains of ['212', '305', '415', '512', '617']) {
    const query = { countryCode: 'US', contains: `${contains}5550`, limit: ASKED_FOR };
    const { items } = await phoneNumbers.searchAvailable(query);
    const found = items.find(({ phoneNumber }) => !handedOut.has(phoneNumber));
    if (found === undefined) continue;
    handedOut.add(found.phoneNumber);
    return found.phoneNumber;
  }
  throw new Error('all numbers are sold');
}

/** A number that this client's account owns. */
export async function ownNumber(client: Zavudev): Promise<Zavudev.OwnedPhoneNumber> {
  const phoneNumber = await unsoldNumber(client);
  return (await client.phoneNumbers.purchase({ phoneNumber })).phoneNumber;
}
