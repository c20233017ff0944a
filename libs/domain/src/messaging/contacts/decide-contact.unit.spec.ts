import {
  aChannel,
  aPrimary,
  contactCreated,
  contactId,
  createContact,
  deleteContact,
  givenContacts,
  otherContactId,
  recordRecipient,
  stateAfter,
  theCommandId,
  updateContact,
} from '@tollgate/testing';
import { CONTACT_CHANNELS_MAX, CONTACTS_MAX, contacts, type ContactEvent } from './index';

const taken = { code: 'identifier_taken', channel: 'sms' } as const;

describe('creating a contact', () => {
  it('keeps what was given, sealed as it came', () => {
    const more = { displayName: 'sealed name', metadata: 'sealed metadata' };
    const address = {
      countryCode: 'US',
      verified: true,
      label: 'sealed label',
      metadata: 'sealed',
    };
    givenContacts()
      .when(createContact({ channels: [aChannel('sms', 'ada', address)], ...more }))
      .then({
        type: 'ContactCreated',
        data: { contactId, channels: [aPrimary('sms', 'ada', address)], ...more },
      });
  });

  it('makes the first of a kind primary when none asks to be', () => {
    const channels = [aChannel('sms', 'ada'), aChannel('email', 'ada'), aChannel('sms', 'work')];
    givenContacts()
      .when(createContact({ channels }))
      .then(
        contactCreated([aPrimary('sms', 'ada'), aPrimary('email', 'ada'), aChannel('sms', 'work')]),
      );
  });

  it('makes the first of a kind primary that asks to be', () => {
    const channels = [aChannel('sms', 'ada'), aPrimary('sms', 'work'), aPrimary('sms', 'home')];
    givenContacts()
      .when(createContact({ channels }))
      .then(
        contactCreated([aChannel('sms', 'ada'), aPrimary('sms', 'work'), aChannel('sms', 'home')]),
      );
  });

  it('refuses an identifier that another contact has on that channel', () => {
    const event = contactCreated([aPrimary('sms', 'ada')], otherContactId);
    const channels = [aChannel('email', 'bob'), aChannel('sms', 'ada')];
    givenContacts(event).when(createContact({ channels })).thenRefused(taken);
  });

  it('refuses an identifier that it names twice', () => {
    const again = aChannel('sms', 'ada', { channelId: 'chn_again' });
    givenContacts()
      .when(createContact({ channels: [aChannel('sms', 'ada'), again] }))
      .thenRefused(taken);
  });

  it('takes an identifier on two channels, and on another channel than a contact has it', () => {
    const channels = [aChannel('sms', 'ada'), aChannel('whatsapp', 'ada')];
    givenContacts(contactCreated([aPrimary('voice', 'ada')], otherContactId))
      .when(createContact({ channels }))
      .then(contactCreated([aPrimary('sms', 'ada'), aPrimary('whatsapp', 'ada')]));
  });

  it('takes 1 to 20 channels', () => {
    const some = (count: number) =>
      Array.from({ length: count }, (_, n) => aChannel('sms', `nr${n}`, { isPrimary: n === 0 }));
    givenContacts()
      .when(createContact({ channels: some(CONTACT_CHANNELS_MAX) }))
      .then(contactCreated(some(20)));
    givenContacts()
      .when(createContact({ channels: some(21) }))
      .thenRefused({ code: 'too_many', what: 'channels of a contact', max: 20 });
    givenContacts()
      .when(createContact({ channels: [] }))
      .thenRefused({ code: 'last_channel' });
  });

  it('puts no contact or channel in the place of one that is there', () => {
    const refusal = { code: 'idempotency_conflict', commandId: theCommandId } as const;
    givenContacts(contactCreated([aPrimary('sms', 'bob')]))
      .when(createContact())
      .thenRefused(refusal);
    const channelId = 'chn_1';
    const channels = [aChannel('sms', 'ada', { channelId }), aChannel('email', 'a', { channelId })];
    givenContacts().when(createContact({ channels })).thenRefused(refusal);
  });
});

describe('recording the recipient of a message', () => {
  it('makes a contact of somebody who is none', () => {
    givenContacts(contactCreated([aPrimary('email', 'ada')], otherContactId))
      .when(recordRecipient(aChannel('sms', 'ada')))
      .then(contactCreated([aPrimary('sms', 'ada')]));
  });

  it('changes nothing when any contact has the channel', () => {
    givenContacts(contactCreated([aPrimary('email', 'a'), aPrimary('sms', 'ada')], otherContactId))
      .when(recordRecipient(aChannel('sms', 'ada')))
      .thenNothing();
  });

  it('puts no contact in the place of one that is there', () => {
    givenContacts(contactCreated([aPrimary('sms', 'bob')]))
      .when(recordRecipient(aChannel('sms', 'ada')))
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
  });
});

describe('updating a contact', () => {
  const ada = contactCreated([aPrimary('sms', 'ada'), aPrimary('email', 'ada')]);
  const updated = (data: object): ContactEvent => {
    return { type: 'ContactUpdated', data: { contactId, ...data } };
  };

  it('says what changes, and only that', () => {
    const changes = { displayName: null, metadata: 'sealed', defaultChannel: 'email' } as const;
    givenContacts(ada).when(updateContact(changes)).then(updated(changes));
    givenContacts(ada, updated({ defaultChannel: 'email' }))
      .when(updateContact({ displayName: 'sealed name', defaultChannel: 'email' }))
      .then(updated({ displayName: 'sealed name' }));
    givenContacts(ada, updated({ defaultChannel: 'email' }))
      .when(updateContact({ defaultChannel: null }))
      .then(updated({ defaultChannel: null }));
  });

  it('says nothing when nothing changes', () => {
    givenContacts(ada).when(updateContact({})).thenNothing();
    givenContacts(ada)
      .when(updateContact({ defaultChannel: null }))
      .thenNothing();
    givenContacts(ada, updated({ defaultChannel: 'sms' }))
      .when(updateContact({ defaultChannel: 'sms' }))
      .thenNothing();
  });

  it('refuses a default channel that the contact has none of', () => {
    givenContacts(ada)
      .when(updateContact({ defaultChannel: 'whatsapp' }))
      .thenRefused({ code: 'channel_not_available', channel: 'whatsapp' });
  });

  it('finds no contact that is unknown', () => {
    givenContacts(ada)
      .when(updateContact({ contactId: otherContactId }))
      .thenRefused({ code: 'contact_not_found', contactId: otherContactId });
  });
});

describe('deleting a contact', () => {
  const deleted: ContactEvent = {
    type: 'ContactDeleted',
    data: { contactId, subjects: [contactId, 'rcp_ada', 'rcp_work'] },
  };
  const ada = contactCreated([
    aPrimary('sms', 'ada'),
    aPrimary('whatsapp', 'ada'),
    aPrimary('email', 'work'),
  ]);

  it('names every key that its data is sealed under, once', () => {
    givenContacts(ada).when(deleteContact()).then(deleted);
  });

  it('frees its identifiers', () => {
    const again = createContact({ contactId: otherContactId });
    givenContacts(ada, deleted)
      .when(again)
      .then(contactCreated([aPrimary('sms', 'ada')], otherContactId));
  });

  it('finds no contact that is unknown or deleted', () => {
    const refusal = { code: 'contact_not_found', contactId } as const;
    givenContacts().when(deleteContact()).thenRefused(refusal);
    givenContacts(ada, deleted).when(deleteContact()).thenRefused(refusal);
  });
});

describe('how many contacts there may be', () => {
  it('ends at the most of one account, for recipients too', () => {
    const state = stateAfter(contacts, [contactCreated([aPrimary('sms', 'bob')], otherContactId)]);
    const bob = state.contacts.get(otherContactId)!;
    for (let n = 1; n < CONTACTS_MAX - 1; n += 1) state.contacts.set(`con_${n}`, bob);
    const record = recordRecipient(aChannel('sms', 'ada'));
    expect(contacts.decide(createContact(), state).kind).toBe('accepted');
    expect(contacts.decide(record, state).kind).toBe('accepted');
    state.contacts.set('con_last', bob);
    const refusal = { code: 'too_many', what: 'contacts', max: CONTACTS_MAX };
    for (const command of [createContact(), record]) {
      expect(contacts.decide(command, state)).toEqual({ kind: 'refused', rejection: refusal });
    }
  });
});
