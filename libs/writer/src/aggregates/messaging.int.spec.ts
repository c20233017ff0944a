import {
  aChannel,
  addContactChannel,
  addNumber,
  claimNumber,
  commandIdAt,
  contactId,
  createContact,
  createSender,
  deleteContact,
  deleteSender,
  mergeContacts,
  numberId,
  otherContactId,
  otherNumberId,
  otherSenderId,
  phoneNumber,
  recordRecipient,
  regenerateSecret,
  releaseClaim,
  releaseNumber,
  removeContactChannel,
  updateNumber,
} from '@tollgate/testing';
import { MessagingStage } from '../../spec/messaging-stage';
import { contactsAggregate } from './contacts';
import { numbersAggregate } from './numbers';
import { sendersAggregate } from './senders';

const as = (place: number): { readonly id: string } => ({ id: commandIdAt(place) });
const turn = (): Promise<void> => new Promise(setImmediate);

/** How a writer may end between two commands; each leaves another mix of snapshot and log. */
const endings = ['a crash', 'a restart'] as const;

describe.each(endings)('given %s after every command', (ending) => {
  async function sendEach<Command>(
    stage: {
      send(command: Command): Promise<readonly string[]>;
      crash(): void;
      restart(): Promise<void>;
    },
    ...commands: readonly Command[]
  ): Promise<string[]> {
    const words: string[] = [];
    for (const command of commands) {
      words.push(...(await stage.send(command)));
      await turn();
      if (ending === 'a crash') stage.crash();
      else await stage.restart();
    }
    return words;
  }

  it('then no two contacts ever have the same channel', async () => {
    const stage = new MessagingStage(contactsAggregate);
    const work = aChannel('email', 'work');
    const words = await sendEach(
      stage,
      createContact({}, as(1)),
      createContact({ contactId: otherContactId }, as(2)),
      createContact({ contactId: otherContactId, channels: [work] }, as(3)),
      addContactChannel(aChannel('email', 'work', { channelId: 'chn_2' }), as(4)),
      recordRecipient(aChannel('sms', 'ada'), as(5), 'con_third'),
      mergeContacts({ channels: [work] }, as(6)),
      addContactChannel(aChannel('voice', 'bob'), as(7), otherContactId),
      recordRecipient(work, as(8), 'con_third'),
      removeContactChannel({ channelId: 'chn_sms_ada' }, as(9)),
      recordRecipient(aChannel('sms', 'ada'), as(10), 'con_third'),
      createContact({}, as(1)),
      deleteContact({}, as(11)),
      recordRecipient(work, as(12), 'con_fourth'),
    );

    expect(words).toEqual([
      'changed',
      'identifier_taken',
      'changed',
      'identifier_taken',
      'unchanged',
      'changed',
      'contact_not_found',
      'unchanged',
      'changed',
      'changed',
      'repeated',
      'changed',
      'changed',
    ]);
    expect(stage.snapshots.saved.length).toBeGreaterThan(0);
  });

  it('then a deletion still names the key of a contact that was merged away', async () => {
    const stage = new MessagingStage(contactsAggregate);
    const channels = [aChannel('email', 'work')];
    await sendEach(
      stage,
      createContact({}, as(1)),
      createContact({ contactId: otherContactId, channels }, as(2)),
      mergeContacts({ channels }, as(3)),
      deleteContact({}, as(4)),
    );
    const recorded = [];
    const stream = contactsAggregate.stream(deleteContact().accountId);
    for await (const batch of stage.events.readStream(stream, 3)) recorded.push(...batch);

    expect(recorded.map(({ data }) => JSON.parse(data) as unknown)).toEqual([
      { contactId, subjects: [contactId, otherContactId, 'rcp_ada', 'rcp_work'] },
    ]);
  });

  it('then senders and numbers stay as they were', async () => {
    const stage = new MessagingStage(sendersAggregate);
    const webhook = { url: 'https://hooks.example.com/acme' };
    const words = await sendEach(
      stage,
      addNumber({}, as(1)),
      createSender({ phoneNumber, voice: true, webhook }, as(2)),
      createSender({ senderId: otherSenderId, phoneNumber }, as(3)),
      createSender({ senderId: otherSenderId }, as(4)),
      deleteSender({}, as(5)),
      regenerateSecret({}, as(6)),
      releaseNumber({}, as(7)),
      updateNumber({ senderId: otherSenderId }, as(8)),
      deleteSender({ senderId: otherSenderId }, as(9)),
      releaseNumber({}, as(10)),
      addNumber({}, as(11)),
      addNumber({}, as(1)),
    );

    expect(words).toEqual([
      'changed',
      'changed',
      'number_assigned',
      'changed',
      'default_sender',
      'changed',
      'number_assigned',
      'changed',
      'changed',
      'changed',
      'number_released',
      'repeated',
    ]);
  });

  it('then a phone number is never held by two purchases', async () => {
    const stage = new MessagingStage(numbersAggregate);
    const other = { numberId: otherNumberId, accountId: 'sub_else', teamId: 'tm_else' };
    const words = await sendEach(
      stage,
      claimNumber({}, as(1)),
      claimNumber(other, as(2)),
      releaseClaim(otherNumberId, as(3)),
      claimNumber({}, as(1)),
      releaseClaim(numberId, as(4)),
      claimNumber(other, as(5)),
      claimNumber({}, as(6)),
    );

    expect(words).toEqual([
      'changed',
      'number_taken',
      'unchanged',
      'repeated',
      'changed',
      'changed',
      'number_taken',
    ]);
  });
});
