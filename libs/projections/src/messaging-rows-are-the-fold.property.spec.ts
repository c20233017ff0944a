import assert from 'node:assert/strict';
import { contactsStream, sendersStream } from '@tollgate/contracts';
import {
  contacts,
  senders,
  type ContactsKind,
  type ContactsState,
  type DeciderOf,
  type SendersKind,
  type SendersState,
} from '@tollgate/domain';
import type { RecordedEvent } from '@tollgate/ports';
import {
  ContactsBook,
  ContactsPlay,
  contactMoves,
  eventMetadataOf,
  mainAccountId as accountId,
  SendersBook,
  SendersPlay,
  senderMoves,
  type ContactMove,
  type SenderMove,
} from '@tollgate/testing';
import fc from 'fast-check';
import { EntryWiseReadModels } from '../spec/entry-wise-read-models';
import { RecordedEvents } from '../spec/recorded';
import { channelsOf } from './contact-channels';
import { openEvents } from './opened-events';
import { projectEvents } from './project-events';
import {
  contactKey,
  contactsByAddressIndex,
  contactsIndex,
  contactsSearchIndex,
  numberKey,
  numbersByStatusIndex,
  numbersIndex,
  senderKey,
  sendersIndex,
  sendersKey,
  TERM_END,
  type ContactRow,
  type SenderRow,
} from './read-models';
import { termsOf } from './search-terms';
import { webhookOf } from './sender-webhook';

/*
 * Goal: whatever becomes of an account's contacts, senders and numbers, and however the events are
 * cut into batches and come again, rows and lists are what the domain makes of the log, and of what
 * is gone there is nothing. Method: random commands decided by the domain.
 */

/** What the moves seal: whoever it is has one address, everything else is a text. */
const sealing = {
  open: async (sealed: string): Promise<unknown> => {
    const who = sealed.replace('sealed ', '');
    return /^(nr|anybody)/.test(who) ? { identifier: `${who}@example.com` } : `The ${who}`;
  },
};

interface Game<Move, Command> {
  readonly stream: string;
  readonly play: { commandOf(move: Move): Command };
  readonly book: { send(command: Command): unknown };
}

/** What the domain makes of the moves, and the events of what it accepted. */
function playOut<Kind extends ContactsKind | SendersKind, Move>(
  decider: DeciderOf<Kind>,
  { stream, play, book }: Game<Move, Kind['command']>,
  moves: readonly Move[],
): [Kind['state'], RecordedEvents] {
  const state = decider.initialState();
  const log = new RecordedEvents();
  for (const move of moves) {
    const command = play.commandOf(move);
    const decision = decider.decide(command, state);
    if (decision.kind !== 'repeated') book.send(command);
    if (decision.kind !== 'accepted') continue;
    for (const event of decision.events) {
      decider.evolve(state, event, eventMetadataOf(command));
      log.on(stream, event, command.at);
    }
  }
  return [state, log];
}

function playContacts(moves: readonly ContactMove[]): [ContactsState, RecordedEvents] {
  const book = new ContactsBook();
  const game = { stream: contactsStream(accountId), play: new ContactsPlay(book), book };
  return playOut<ContactsKind, ContactMove>(contacts, game, moves);
}

function playSenders(moves: readonly SenderMove[]): [SendersState, RecordedEvents] {
  const book = new SendersBook();
  const game = { stream: sendersStream(accountId), play: new SendersPlay(book), book };
  return playOut<SendersKind, SenderMove>(senders, game, moves);
}

const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 8 });

/** Shows the events in batches that end at the given places, some of them again. */
async function show(
  events: readonly RecordedEvent[],
  places: readonly number[],
): Promise<EntryWiseReadModels> {
  const models = new EntryWiseReadModels();
  const apply = async (from: number, to: number): Promise<void> => {
    const opened = await openEvents(events.slice(from, to), sealing);
    await models.apply(projectEvents(opened, models.revisions));
  };
  const ends = places.map((place) => place % (events.length + 1)).sort((a, b) => a - b);
  for (const [n, end] of ends.entries()) await apply(ends[n - 2] ?? 0, end);
  await apply(0, events.length);
  return models;
}

/** Ids of the rows in an index, by sort key. */
function listed(models: EntryWiseReadModels, index: string): [sortKey: string, id: string][] {
  const found = [...models.listed].filter(([name]) => name.startsWith(`${index} `));
  return found.map(([name, key]) => [
    name.slice(index.length + 1),
    String(models.rows.get(key)?.['id']),
  ]);
}

const idsIn = (models: EntryWiseReadModels, index: string): string[] =>
  listed(models, index).map(([, id]) => id);

const sorted = (texts: Iterable<string>): string[] => [...texts].sort();

function expectContacts(models: EntryWiseReadModels, state: ContactsState): void {
  assert.deepEqual(sorted(models.rows.keys()), sorted(keysOf(state)));
  assert.deepEqual(sorted(idsIn(models, contactsIndex(accountId))), sorted(state.contacts.keys()));
  const addresses: string[] = [];
  const terms = new Set<string>();
  for (const [contactId, contact] of state.contacts) {
    const row = models.rows.get(contactKey(accountId, contactId)) as ContactRow;
    assert.equal(row.defaultChannel, contact.defaultChannel);
    const channels = channelsOf(row);
    assert.deepEqual(
      sorted(channels.map(({ id, channel, isPrimary }) => `${id} ${channel} ${isPrimary}`)),
      sorted(
        contact.channels.map(({ channelId, channel, isPrimary }) => {
          return `${channelId} ${channel} ${isPrimary}`;
        }),
      ),
    );
    for (const { fingerprint } of contact.channels) addresses.push(`${fingerprint} ${contactId}`);
    const texts = [row.displayName ?? '', ...channels.map(({ identifier }) => identifier)];
    for (const term of texts.flatMap(termsOf)) terms.add(`${term} ${contactId}`);
  }
  const named = (index: string): Set<string> =>
    new Set(listed(models, index).map(([key, id]) => `${key.split(TERM_END)[0]!} ${id}`));
  assert.deepEqual(sorted(named(contactsByAddressIndex(accountId))), sorted(new Set(addresses)));
  assert.deepEqual(sorted(named(contactsSearchIndex(accountId))), sorted(terms));
}

const keysOf = (state: ContactsState): string[] =>
  [...state.contacts.keys()].map((id) => contactKey(accountId, id));

function expectSenders(models: EntryWiseReadModels, state: SendersState): void {
  assert.deepEqual(idsIn(models, sendersIndex(accountId)).length, state.senders.size);
  assert.equal(
    models.rows.get(sendersKey(accountId))?.['defaultSenderId'] ?? null,
    state.defaultSenderId,
  );
  for (const [senderId, { numberId, voice, webhook }] of state.senders) {
    const row = models.rows.get(senderKey(accountId, senderId)) as SenderRow;
    assert.deepEqual([row.numberId, row.voice, webhookOf(row)], [numberId, voice, webhook]);
  }
  assert.deepEqual(idsIn(models, numbersIndex(accountId)).length, state.numbers.size);
  const suspended: string[] = [];
  for (const [numberId, { isSuspended, chargeId, ...number }] of state.numbers) {
    const row = models.rows.get(numberKey(accountId, numberId))!;
    assert.deepEqual({ ...row, ...number }, row);
    assert.equal(row['status'], isSuspended ? 'suspended' : 'active');
    if (isSuspended) suspended.push(numberId);
  }
  const status = (name: string): string[] =>
    sorted(idsIn(models, numbersByStatusIndex(accountId, name)));
  assert.deepEqual(status('suspended'), sorted(suspended));
  assert.equal(status('active').length, state.numbers.size - suspended.length);
  const rows = state.senders.size + state.numbers.size + (state.senders.size > 0 ? 1 : 0);
  assert.equal(models.rows.size, rows);
}

describe('given any history of what an account has in messaging', () => {
  it('when its contacts are shown in any batches, then they are the fold', async () => {
    const property = fc.asyncProperty(contactMoves(60), cuts, async (moves, places) => {
      const [state, { all }] = playContacts(moves);
      if (all.length === 0) return;
      const models = await show(all, places);
      expectContacts(models, state);
      assert.deepEqual(models.dump(), (await show(all, [])).dump());
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('when its senders and numbers are shown in any batches, then they are the fold', async () => {
    const property = fc.asyncProperty(senderMoves(60), cuts, async (moves, places) => {
      const [state, { all }] = playSenders(moves);
      if (all.length === 0) return;
      const models = await show(all, places);
      expectSenders(models, state);
      assert.deepEqual(models.dump(), (await show(all, [])).dump());
    });
    await fc.assert(property, { numRuns: 150 });
  });
});
