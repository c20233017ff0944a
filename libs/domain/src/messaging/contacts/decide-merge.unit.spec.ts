import {
  aChannel,
  aPrimary,
  addContactChannel,
  contactCreated,
  contactId,
  createContact,
  deleteContact,
  givenContacts,
  mergeContacts,
  otherContactId,
  setPrimaryChannel,
  theCommandId,
} from '@tollgate/testing';
import { CONTACTS_MERGED_MAX, type ContactEvent, type NewContactChannel } from './index';

const ada = contactCreated([aPrimary('sms', 'ada')]);
const work = contactCreated(
  [aPrimary('sms', 'work'), aPrimary('email', 'home'), aChannel('sms', 'fax')],
  otherContactId,
);
const sealedAnew = (channel: NewContactChannel): NewContactChannel => {
  return { ...channel, address: 'sealed anew' };
};
const ofSource = work.data.channels.map(sealedAnew);
const merged = (
  channels: readonly NewContactChannel[],
  sourceContactId = otherContactId,
): ContactEvent => ({ type: 'ContactsMerged', data: { contactId, sourceContactId, channels } });

/** As they are the contact's: it has a primary channel for SMS already. */
const moved = [aChannel('sms', 'work'), aPrimary('email', 'home'), aChannel('sms', 'fax')];
const both = [ada, work, merged(moved.map(sealedAnew))];

describe('merging two contacts', () => {
  it('moves the channels as they are sealed now, primary only where there was none', () => {
    givenContacts(ada, work)
      .when(mergeContacts({ channels: ofSource }))
      .then(merged(moved.map(sealedAnew)));
  });

  it('moves them in the order and as primary as the source has them, whatever is told', () => {
    const told = [...ofSource].reverse().map((channel) => ({ ...channel, isPrimary: true }));
    givenContacts(ada, work)
      .when(mergeContacts({ channels: told }))
      .then(merged(moved.map(sealedAnew)));
  });

  it('makes the identifiers those of the contact', () => {
    givenContacts(...both)
      .when(createContact({ contactId: 'con_new', channels: [aChannel('sms', 'fax')] }))
      .thenRefused({ code: 'identifier_taken', channel: 'sms' });
    givenContacts(...both)
      .when(setPrimaryChannel({ channelId: 'chn_sms_fax' }))
      .then({ type: 'PrimaryChannelSet', data: { contactId, channelId: 'chn_sms_fax' } });
  });

  it('leaves nothing of the source', () => {
    const refusal = { code: 'contact_not_found', contactId: otherContactId } as const;
    givenContacts(...both)
      .when(deleteContact({ contactId: otherContactId }))
      .thenRefused(refusal);
    givenContacts(...both)
      .when(addContactChannel(aChannel('voice', 'ada'), {}, otherContactId))
      .thenRefused(refusal);
    givenContacts(...both)
      .when(mergeContacts({ channels: ofSource }))
      .thenRefused(refusal);
  });

  const identifiers = ['rcp_ada', 'rcp_work', 'rcp_home', 'rcp_fax'];
  const third = contactCreated([aPrimary('voice', 'ada')], 'con_third');

  it('makes the key of the source one of those that go with the contact', () => {
    const subjects = [contactId, otherContactId, 'con_third', ...identifiers];
    givenContacts(...both, third, merged([aPrimary('voice', 'ada')], 'con_third'))
      .when(deleteContact())
      .then({ type: 'ContactDeleted', data: { contactId, subjects } });
  });

  it('keeps the keys of merges before', () => {
    const channels = [aPrimary('sms', 'ada'), ...moved];
    const data = { contactId: 'con_third', sourceContactId: contactId, channels };
    const subjects = ['con_third', contactId, otherContactId, ...identifiers];
    givenContacts(...both, third, { type: 'ContactsMerged', data })
      .when(deleteContact({ contactId: 'con_third' }))
      .then({ type: 'ContactDeleted', data: { contactId: 'con_third', subjects } });
  });
});

describe('a merge is refused', () => {
  it('of a contact with itself', () => {
    givenContacts(ada)
      .when(mergeContacts({ sourceContactId: contactId, channels: ada.data.channels }))
      .thenRefused({ code: 'merge_with_itself' });
  });

  it('of contacts that are unknown', () => {
    givenContacts(work)
      .when(mergeContacts({ channels: ofSource }))
      .thenRefused({ code: 'contact_not_found', contactId });
    givenContacts(ada)
      .when(mergeContacts({ channels: ofSource }))
      .thenRefused({ code: 'contact_not_found', contactId: otherContactId });
  });

  const [first, ...others] = ofSource as [NewContactChannel, ...NewContactChannel[]];
  it.each([
    ['lacks one', others],
    ['has one more', [...ofSource, aChannel('voice', 'ada')]],
    ['names one twice', [first, first, ...others.slice(1)]],
    ['names one besides twice', [first, ...ofSource]],
    ['has another id', [{ ...first, channelId: 'chn_other' }, ...others]],
    ['has another kind', [{ ...first, channel: 'voice' as const }, ...others]],
    ['has another identifier', [{ ...first, fingerprint: 'rcp_other' }, ...others]],
    ['is empty', []],
  ])('when what it brings %s', (_fault, channels) => {
    givenContacts(ada, work)
      .when(mergeContacts({ channels }))
      .thenRefused({ code: 'contact_changed', contactId: otherContactId });
  });

  it('when the two have more than 20 channels', () => {
    const many = (count: number): NewContactChannel[] =>
      Array.from({ length: count }, (_, n) => aChannel('voice', `nr${n}`, { isPrimary: n === 0 }));
    const source = (count: number): ContactEvent => contactCreated(many(count), otherContactId);
    givenContacts(ada, source(19))
      .when(mergeContacts({ channels: many(19) }))
      .then(merged(many(19)));
    givenContacts(ada, source(20))
      .when(mergeContacts({ channels: many(20) }))
      .thenRefused({ code: 'too_many', what: 'channels of a contact', max: 20 });
  });

  it('when they share the id of a channel', () => {
    const channel = aChannel('email', 'bob', { channelId: 'chn_sms_ada', isPrimary: true });
    givenContacts(ada, contactCreated([channel], otherContactId))
      .when(mergeContacts({ channels: [channel] }))
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
  });

  it('when so many were merged that a deletion could not name them all', () => {
    const past = (count: number): ContactEvent[] => [
      ada,
      ...Array.from({ length: count }, (_, n) => {
        const channels = [aPrimary('email', 'bob')];
        const removed = { contactId, channelId: 'chn_email_bob', defaultChannelAfter: null };
        return [
          contactCreated(channels, `con_${n}`),
          merged(channels, `con_${n}`),
          { type: 'ContactChannelRemoved', data: removed } satisfies ContactEvent,
        ];
      }).flat(),
      work,
    ];
    givenContacts(...past(CONTACTS_MERGED_MAX - 1))
      .when(mergeContacts({ channels: ofSource }))
      .then(merged(moved.map(sealedAnew)));
    givenContacts(...past(CONTACTS_MERGED_MAX))
      .when(mergeContacts({ channels: ofSource }))
      .thenRefused({ code: 'too_many', what: 'contacts merged into one', max: 1_000 });
  });
});
