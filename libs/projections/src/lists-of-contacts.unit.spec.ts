import type { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { contactsStream } from '@tollgate/contracts';
import type { ContactEvent } from '@tollgate/domain';
import { contactId, otherContactId, PlainSealing, subAccountId } from '@tollgate/testing';
import { aChannelOf, created, phone, sealedName, shownAfter } from '../spec/contacts';
import { RecordedEvents } from '../spec/recorded';
import { channelsOf } from './contact-channels';
import { projectEvents } from './project-events';
import {
  contactKey,
  contactsByAddressIndex,
  contactsIndex,
  contactsSearchIndex,
  TERM_END,
  type ContactRow,
} from './read-models';

const at = (position: number): string => String(position).padStart(16, '0');

/** Where a contact is listed for those who search. */
const term = (text: string, id: string): string => `${text} ${id} ${id}`;

async function listed(readModels: InMemoryReadModels, index: string): Promise<string[]> {
  const { items } = await readModels.list(index, { limit: 100 });
  return items.map(({ sortKey, row }) => `${sortKey.replace(TERM_END, ' ')} ${String(row['id'])}`);
}

const everywhere = async (readModels: InMemoryReadModels): Promise<string[]> => {
  const indexes = [contactsIndex, contactsByAddressIndex, contactsSearchIndex];
  return (
    await Promise.all(indexes.map((index) => listed(readModels, index(subAccountId))))
  ).flat();
};

describe('the lists of contacts', () => {
  const bob: ContactEvent = {
    type: 'ContactCreated',
    data: {
      contactId: otherContactId,
      channels: [aChannelOf('email', 'bob', { isPrimary: true })],
      displayName: sealedName('Bob Lee'),
    },
  };

  it('given several, then they are listed by place in the log, the newest first', async () => {
    const models = await shownAfter([created, bob]);

    expect(await listed(models, contactsIndex(subAccountId))).toEqual([
      `${at(2)} ${otherContactId}`,
      `${at(1)} ${contactId}`,
    ]);
  });

  it('given identifiers, then each is found by its hash, and by its end or its words', async () => {
    const models = await shownAfter([created, bob]);

    expect(await listed(models, contactsByAddressIndex(subAccountId))).toEqual([
      `rcp_sms_ann ${at(1)} ${contactId}`,
      `rcp_email_bob ${at(2)} ${otherContactId}`,
    ]);
    expect(await listed(models, contactsSearchIndex(subAccountId))).toEqual([
      term('w:lee', otherContactId),
      term('w:lee', contactId),
      term('w:example', otherContactId),
      term('w:com', otherContactId),
      term('w:bob@example.com', otherContactId),
      term('w:bob', otherContactId),
      term('w:ann', contactId),
      term('p:00105555141', contactId),
      term('=:bob lee', otherContactId),
      term('=:ann lee', contactId),
    ]);
  });

  it('given a new name, then it is found by that, and by the old one no more', async () => {
    const renamed: ContactEvent = {
      type: 'ContactUpdated',
      data: { contactId, displayName: sealedName('Anna') },
    };
    const unnamed: ContactEvent = {
      type: 'ContactUpdated',
      data: { contactId, displayName: null },
    };
    const terms = async (...events: ContactEvent[]): Promise<string[]> =>
      listed(await shownAfter([created, ...events]), contactsSearchIndex(subAccountId));
    const number = term('p:00105555141', contactId);

    expect(await terms(renamed)).toEqual([
      term('w:anna', contactId),
      number,
      term('=:anna', contactId),
    ]);
    expect(await terms(renamed, unnamed)).toEqual([number]);
  });

  it('given a word of a name that an address has too, then it is found by it', async () => {
    const renamed: ContactEvent = {
      type: 'ContactUpdated',
      data: { contactId: otherContactId, displayName: sealedName('Robert') },
    };
    const models = await shownAfter([bob, renamed]);

    const terms = await listed(models, contactsSearchIndex(subAccountId));
    expect(terms).toContain(term('w:bob', otherContactId));
    expect(terms).not.toContain(term('w:lee', otherContactId));
  });

  it('given a channel was removed, then it is found by that no more', async () => {
    const more = aChannelOf('email', 'ann');
    const ofEmail = { contactId, channelId: more.channelId, defaultChannelAfter: null };
    const models = await shownAfter([
      created,
      { type: 'ContactChannelAdded', data: { contactId, channel: more } },
      { type: 'ContactChannelRemoved', data: ofEmail },
    ]);

    expect(await everywhere(models)).toEqual(await everywhere(await shownAfter([created])));
  });

  it('given it was deleted, then nothing of it is left', async () => {
    const deleted: ContactEvent = { type: 'ContactDeleted', data: { contactId, subjects: [] } };
    const models = await shownAfter([created, bob, deleted]);

    expect(await models.get(contactKey(subAccountId, contactId))).toBeUndefined();
    expect((await everywhere(models)).filter((place) => place.includes(contactId))).toEqual([]);
    expect(await everywhere(models)).toHaveLength(8);
  });

  it('given one was merged into another, then only that is there, with all channels', async () => {
    const moved = aChannelOf('sms', 'bob-2', {
      address: phone.address,
      channelId: phone.channelId,
    });
    const merged: ContactEvent = {
      type: 'ContactsMerged',
      data: { contactId: otherContactId, sourceContactId: contactId, channels: [moved] },
    };
    const models = await shownAfter([created, bob, merged]);
    const row = (await models.get(contactKey(subAccountId, otherContactId))) as ContactRow;

    expect(await models.get(contactKey(subAccountId, contactId))).toBeUndefined();
    expect((await everywhere(models)).filter((place) => place.includes(contactId))).toEqual([]);
    expect(channelsOf(row).map(({ channel: kind }) => kind)).toEqual(['email', 'sms']);
    expect(await listed(models, contactsSearchIndex(subAccountId))).toContain(
      term('p:00105555141', otherContactId),
    );
  });

  it('given keys that are gone, as after a deletion, then nothing of them is shown', async () => {
    const erased = new PlainSealing();
    erased.forget('key-of-a');
    const models = await shownAfter([created, bob], erased);
    const row = (await models.get(contactKey(subAccountId, contactId))) as ContactRow;

    expect(row).toMatchObject({ displayName: null, metadata: {} });
    expect(channelsOf(row)).toEqual([]);
    expect((await everywhere(models)).filter((place) => place.includes(contactId))).toEqual([
      `${at(1)} ${contactId}`,
    ]);
  });

  it('given contact events that were not opened, then they are not projected', () => {
    const log = new RecordedEvents().on(contactsStream(subAccountId), created);

    expect(() => projectEvents(log.all)).toThrow('opened before');
  });
});
