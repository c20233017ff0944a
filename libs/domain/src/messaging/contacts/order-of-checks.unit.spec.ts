import {
  aChannel,
  aPrimary,
  addContactChannel,
  commandIdAt,
  contactCreated,
  contactId,
  createContact,
  deleteContact,
  givenContacts,
  mergeContacts,
  otherContactId,
  recordRecipient,
  removeContactChannel,
  setPrimaryChannel,
  specTime,
  stateAfter,
  theCommandId,
  updateContact,
  updateContactChannel,
  withFullWindow,
  type MessagingEnvelope,
} from '@tollgate/testing';
import { IDEMPOTENCY_WINDOW_MS } from '../../kernel';
import { contacts, type ContactEvent } from './index';

/* The order of checks is a promise: existence and validity, idempotency, then the rules. */

const channelId = 'chn_sms_ada';
const ada = contactCreated([aPrimary('sms', 'ada'), aPrimary('email', 'ada')]);
const bob = contactCreated([aPrimary('sms', 'bob')], otherContactId);
const gone: ContactEvent[] = [contactId, otherContactId].map((id) => {
  return { type: 'ContactDeleted', data: { contactId: id, subjects: [] } };
});
const first = { commandId: theCommandId, bodyHash: 1 };

const commands = (as: MessagingEnvelope) => [
  createContact({ contactId: 'con_new', channels: [aChannel('sms', 'eve')] }, as),
  recordRecipient(aChannel('voice', 'eve'), as, 'con_new'),
  updateContact({ displayName: 'sealed' }, as),
  addContactChannel(aChannel('sms', 'work'), as),
  updateContactChannel({ channelId, label: 'sealed' }, as),
  setPrimaryChannel({ channelId }, as),
  removeContactChannel({ channelId }, as),
  mergeContacts({ channels: bob.data.channels }, as),
  deleteContact({}, as),
];

describe('every command about contacts', () => {
  const past = [{ event: ada, metadata: first }, bob];

  it.each(commands({ bodyHash: 1 }))('$type is answered as before when it is known', (command) => {
    givenContacts(...past)
      .when(command)
      .thenRepeats(0);
  });

  it.each(commands({ bodyHash: 1 }))(
    '$type that was accepted is not refused later, whatever became of its contact',
    (command) => {
      givenContacts(...past, ...gone)
        .when(command)
        .thenRepeats(0);
    },
  );

  it.each(commands({ bodyHash: 2 }))('$type is refused under the id of another', (command) => {
    givenContacts(...past)
      .when(command)
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
  });

  it.each(commands({ id: commandIdAt(7), fingerprint: 'request', isRetry: true }))(
    '$type is known by its request when it is a retry',
    (command) => {
      givenContacts({ event: ada, metadata: { fingerprint: 'request' } }, bob)
        .when(command)
        .thenRepeats(0);
    },
  );
});

describe('the order of checks', () => {
  it('asks for existence first, then for the command, then for the rules', () => {
    const taken = aChannel('sms', 'bob');
    givenContacts({ event: bob, metadata: first })
      .when(addContactChannel(taken, { bodyHash: 2 }))
      .thenRefused({ code: 'contact_not_found', contactId });
    givenContacts({ event: bob, metadata: first }, ada)
      .when(addContactChannel(taken, { bodyHash: 2 }))
      .thenRefused({ code: 'idempotency_conflict', commandId: theCommandId });
    givenContacts({ event: bob, metadata: first }, ada)
      .when(addContactChannel(taken, { id: commandIdAt(7) }))
      .thenRefused({ code: 'identifier_taken', channel: 'sms' });
  });
});

describe('an account that can remember no more commands', () => {
  const full = withFullWindow(stateAfter(contacts, [ada, bob]));
  full.window.remember(commandIdAt(5), { revision: 1, bodyHash: 0 }, specTime);
  const takesAway = ['DeleteContact', 'RemoveContactChannel'];
  const isAccepted = (type: string): boolean => takesAway.includes(type);

  it.each(commands({}))('takes $type only if it takes away', (command) => {
    const decision = contacts.decide(command, full);
    if (isAccepted(command.type)) return expect(decision.kind).toBe('accepted');
    const rejection = { code: 'idempotency_window_full' };
    return expect(decision).toEqual({ kind: 'refused', rejection });
  });

  it.each(commands({ id: commandIdAt(5) }))('still knows $type from before', (command) => {
    expect(contacts.decide(command, full)).toEqual({ kind: 'repeated', revision: 1 });
  });

  it('takes commands again when it may forget', () => {
    const at = specTime + IDEMPOTENCY_WINDOW_MS + 1;
    expect(
      contacts.decide(
        createContact({ contactId: 'con_new', channels: [aChannel('voice', 'eve')] }, { at }),
        full,
      ).kind,
    ).toBe('accepted');
  });
});
