import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { contactsStream } from '@tollgate/contracts';
import type { ContactEvent, NewContactChannel } from '@tollgate/domain';
import { aChannel, contactId, PlainSealing, specTime, subAccountId } from '@tollgate/testing';
import { openEvents } from '../src/opened-events';
import { projectEvents } from '../src/project-events';
import { RecordedEvents } from './recorded';

export const sealing = new PlainSealing();

/** Sealed under the key of somebody, as everything about Ann is under `key-of-a`. */
export const sealedName = (text: string): string =>
  sealing.sealed(`key-of-${text[0]!.toLowerCase()}`, text);

/** A channel of Ann or Bob. */
export function aChannelOf(
  kind: 'sms' | 'email',
  who: string,
  more: Partial<NewContactChannel> = {},
): NewContactChannel {
  const identifier = kind === 'sms' ? '+14155550100' : `${who}@example.com`;
  const address = sealing.sealed(`key-of-${who[0]}`, { identifier, countryCode: 'US' });
  return aChannel(kind, who, { address, fingerprint: `rcp_${kind}_${who}`, ...more });
}

export const phone = aChannelOf('sms', 'ann', { isPrimary: true });

/** Ann Lee, who has a phone. */
export const created: ContactEvent = {
  type: 'ContactCreated',
  data: { contactId, channels: [phone], displayName: sealedName('Ann Lee') },
};

/** The read models after events that happen one millisecond after the other. */
export async function shownAfter(
  events: readonly ContactEvent[],
  opener: Pick<PlainSealing, 'open'> = sealing,
): Promise<InMemoryReadModels> {
  const log = new RecordedEvents();
  events.forEach((event, n) => log.on(contactsStream(subAccountId), event, specTime + n));
  const readModels = new InMemoryReadModels();
  await readModels.apply(projectEvents(await openEvents(log.all, opener)));
  return readModels;
}
