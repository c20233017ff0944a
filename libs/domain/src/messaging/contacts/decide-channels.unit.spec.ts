import {
  aChannel,
  aPrimary,
  addContactChannel,
  contactCreated,
  contactId,
  givenContacts,
  otherContactId,
  recordRecipient,
  removeContactChannel,
  setPrimaryChannel,
  theCommandId,
  updateContactChannel,
} from '@tollgate/testing';
import type { ContactChannelKind, ContactEvent, NewContactChannel } from './events';

const ada = contactCreated([aPrimary('sms', 'ada'), aPrimary('email', 'ada')]);
const bob = contactCreated([aPrimary('sms', 'bob')], otherContactId);
const added = (channel: NewContactChannel): ContactEvent => {
  return { type: 'ContactChannelAdded', data: { contactId, channel } };
};

describe('adding a channel to a contact', () => {
  it('makes the first of its kind primary, whatever was asked for', () => {
    givenContacts(ada)
      .when(addContactChannel(aChannel('whatsapp', 'ada')))
      .then(added(aPrimary('whatsapp', 'ada')));
  });

  it('leaves the primary of its kind as it is, unless it asks to take its place', () => {
    givenContacts(ada)
      .when(addContactChannel(aChannel('sms', 'work')))
      .then(added(aChannel('sms', 'work')));
    givenContacts(ada)
      .when(addContactChannel(aPrimary('sms', 'work')))
      .then(added(aPrimary('sms', 'work')));
    givenContacts(ada, added(aPrimary('sms', 'work')))
      .when(setPrimaryChannel({ channelId: 'chn_sms_ada' }))
      .then({ type: 'PrimaryChannelSet', data: { contactId, channelId: 'chn_sms_ada' } });
    givenContacts(ada, added(aPrimary('sms', 'work')))
      .when(setPrimaryChannel({ channelId: 'chn_email_ada' }))
      .thenNothing();
  });

  it('refuses an identifier that a contact has, itself or another one', () => {
    const refusal = { code: 'identifier_taken', channel: 'sms' } as const;
    const again = aChannel('sms', 'ada', { channelId: 'chn_again' });
    givenContacts(ada).when(addContactChannel(again)).thenRefused(refusal);
    givenContacts(ada, bob)
      .when(addContactChannel(aChannel('sms', 'bob')))
      .thenRefused(refusal);
  });

  it('ends at 20 channels', () => {
    const more = Array.from({ length: 17 }, (_, n) => added(aChannel('sms', `nr${n}`)));
    givenContacts(ada, ...more)
      .when(addContactChannel(aChannel('sms', 'last')))
      .then(added(aChannel('sms', 'last')));
    givenContacts(ada, ...more, added(aChannel('sms', 'last')))
      .when(addContactChannel(aChannel('sms', 'one more')))
      .thenRefused({ code: 'too_many', what: 'channels of a contact', max: 20 });
  });

  it('puts no channel in the place of one that is there', () => {
    givenContacts(ada)
      .when(addContactChannel(aChannel('sms', 'work', { channelId: 'chn_sms_ada' })))
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
  });

  it('finds no contact that is unknown', () => {
    givenContacts(bob)
      .when(addContactChannel(aChannel('sms', 'ada')))
      .thenRefused({ code: 'contact_not_found', contactId });
  });
});

describe('updating a channel', () => {
  const channelId = 'chn_sms_ada';

  it('says what changes, and only that', () => {
    const changes = { label: null, metadata: 'sealed', verified: false };
    givenContacts(ada)
      .when(updateContactChannel({ channelId, ...changes }))
      .then({ type: 'ContactChannelUpdated', data: { contactId, channelId, ...changes } });
  });

  it('says nothing when nothing is named', () => {
    givenContacts(ada).when(updateContactChannel({ channelId })).thenNothing();
  });
});

describe('setting the primary channel', () => {
  it('takes it from the others of its kind', () => {
    const channelId = 'chn_sms_work';
    const set: ContactEvent = { type: 'PrimaryChannelSet', data: { contactId, channelId } };
    const both = [ada, added(aChannel('sms', 'work'))];
    givenContacts(...both)
      .when(setPrimaryChannel({ channelId }))
      .then(set);
    givenContacts(...both, set)
      .when(setPrimaryChannel({ channelId: 'chn_sms_ada' }))
      .then({ type: 'PrimaryChannelSet', data: { contactId, channelId: 'chn_sms_ada' } });
  });

  it('changes nothing for the one that is', () => {
    givenContacts(ada)
      .when(setPrimaryChannel({ channelId: 'chn_sms_ada' }))
      .thenNothing();
  });
});

describe('removing a channel', () => {
  const removed = (
    channelId: string,
    defaultChannelAfter: ContactChannelKind | null = null,
    more: { readonly primaryChannelId?: string } = {},
  ): ContactEvent => ({
    type: 'ContactChannelRemoved',
    data: { contactId, channelId, ...more, defaultChannelAfter },
  });
  const prefers = (defaultChannel: ContactChannelKind): ContactEvent => {
    return { type: 'ContactUpdated', data: { contactId, defaultChannel } };
  };
  const three = [ada, added(aChannel('sms', 'work')), added(aChannel('sms', 'home'))];

  it('makes the oldest of its kind primary when it was', () => {
    givenContacts(...three)
      .when(removeContactChannel({ channelId: 'chn_sms_ada' }))
      .then(removed('chn_sms_ada', null, { primaryChannelId: 'chn_sms_work' }));
    const set = { contactId, channelId: 'chn_sms_home' };
    givenContacts(...three, { type: 'PrimaryChannelSet', data: set })
      .when(removeContactChannel({ channelId: 'chn_sms_home' }))
      .then(removed('chn_sms_home', null, { primaryChannelId: 'chn_sms_ada' }));
  });

  it('leaves the primary as it is when it was another', () => {
    givenContacts(...three)
      .when(removeContactChannel({ channelId: 'chn_sms_work' }))
      .then(removed('chn_sms_work'));
  });

  it('takes the default channel away with the last of its kind', () => {
    givenContacts(ada, prefers('email'))
      .when(removeContactChannel({ channelId: 'chn_email_ada' }))
      .then(removed('chn_email_ada'));
    givenContacts(ada, prefers('email'))
      .when(removeContactChannel({ channelId: 'chn_sms_ada' }))
      .then(removed('chn_sms_ada', 'email'));
    givenContacts(...three, prefers('sms'))
      .when(removeContactChannel({ channelId: 'chn_sms_work' }))
      .then(removed('chn_sms_work', 'sms'));
  });

  it('refuses to remove the last one', () => {
    givenContacts(ada, removed('chn_sms_ada'))
      .when(removeContactChannel({ channelId: 'chn_email_ada' }))
      .thenRefused({ code: 'last_channel' });
  });

  it('frees the identifier', () => {
    givenContacts(ada, removed('chn_sms_ada'))
      .when(recordRecipient(aChannel('sms', 'ada'), {}, otherContactId))
      .then(contactCreated([aPrimary('sms', 'ada')], otherContactId));
  });
});

describe('a command about one channel', () => {
  const commands = (data: { readonly contactId?: string; readonly channelId: string }) => [
    updateContactChannel({ label: 'sealed', ...data }),
    setPrimaryChannel(data),
    removeContactChannel(data),
  ];

  it.each(commands({ contactId: 'con_unknown', channelId: 'chn_sms_ada' }))(
    '$type finds no contact that is unknown',
    (command) => {
      givenContacts(ada)
        .when(command)
        .thenRefused({ code: 'contact_not_found', contactId: 'con_unknown' });
    },
  );

  it.each(commands({ channelId: 'chn_sms_bob' }))(
    '$type finds no channel of another contact',
    (command) => {
      givenContacts(ada, bob)
        .when(command)
        .thenRefused({ code: 'contact_channel_not_found', channelId: 'chn_sms_bob' });
    },
  );
});
