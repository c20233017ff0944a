import assert from 'node:assert/strict';
import {
  ContactsBook,
  ContactsPlay,
  contactMoves,
  eventMetadataOf,
  serialiseState,
  stateAfter,
} from '@tollgate/testing';
import fc from 'fast-check';
import type { EventMetadata } from '../../kernel';
import { contacts, type ContactCommand, type ContactDecision, type ContactEvent } from './index';

/*
 * Goal: after any sequence of commands no two contacts share an identifier, each has one primary
 * channel of every kind that it has, and every answer is the one that is due. Method: random
 * commands about few people, beside a book that keeps the contacts a second time.
 */

class Witness {
  readonly state = contacts.initialState();
  readonly book = new ContactsBook();
  readonly past: { readonly event: ContactEvent; readonly metadata: EventMetadata }[] = [];
  private readonly accepted = new Map<string, number>();

  constructor(private readonly outcomes: Set<string>) {}

  send(command: ContactCommand): void {
    const before = serialiseState(this.state);
    const decision = contacts.decide(command, this.state);
    assert.equal(serialiseState(this.state), before);
    const answer = answerOf(decision);
    this.outcomes.add(`${command.type} ${answer}`);
    if (this.accepted.has(command.id)) return this.expectRepeat(command, answer);
    this.expectSubjects(decision);
    assert.equal(answer, this.book.send(command));
    if (decision.kind === 'accepted') this.apply(command, decision.events);
    this.expectAsBooked();
  }

  private apply(command: ContactCommand, events: readonly ContactEvent[]): void {
    if (events.length > 0) this.accepted.set(command.id, command.bodyHash!);
    for (const event of events) {
      const metadata = eventMetadataOf(command);
      contacts.evolve(this.state, event, metadata);
      this.past.push({ event, metadata });
    }
  }

  /** Another body under a known id is refused, if only since what it names is gone. */
  private expectRepeat({ id, bodyHash }: ContactCommand, answer: string): void {
    if (this.accepted.get(id) === bodyHash) return assert.equal(answer, 'repeated');
    assert.match(answer, /^idempotency_conflict$|_not_found$/);
  }

  private expectSubjects(decision: ContactDecision): void {
    const event = decision.kind === 'accepted' ? decision.events[0] : undefined;
    if (event?.type !== 'ContactDeleted') return;
    const { contactId, subjects } = event.data;
    assert.deepEqual([...subjects].sort(), [...this.book.subjectsOf(contactId)].sort());
  }

  private expectAsBooked(): void {
    assert.deepEqual(new Set(this.state.contacts.keys()), new Set(this.book.defaults.keys()));
    for (const contactId of this.state.merged.keys()) assert(this.state.contacts.has(contactId));
    let owned = 0;
    for (const known of this.state.owners.values()) owned += known.size;
    assert.equal(owned, this.book.channels.length);
    for (const [contactId, { channels, defaultChannel }] of this.state.contacts) {
      assert.equal(defaultChannel, this.book.defaults.get(contactId));
      const booked = this.book.channelsOf(contactId);
      assert.deepEqual(
        channels.map((channel) => ({ contactId, ...channel })),
        booked,
      );
      for (const { channel, fingerprint } of channels) {
        assert.equal(this.state.owners.get(channel)?.get(fingerprint), contactId);
        const alike = channels.filter((other) => other.channel === channel);
        assert.equal(alike.filter(({ isPrimary }) => isPrimary).length, 1);
      }
    }
  }
}

function answerOf(decision: ContactDecision): string {
  if (decision.kind === 'refused') return decision.rejection.code;
  if (decision.kind === 'repeated') return 'repeated';
  return decision.events.length > 0 ? 'changed' : 'unchanged';
}

describe('the contacts of an account under any sequence of commands', () => {
  it('are as the book has them at every step, and the fold of their events', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(contactMoves(80), (moves) => {
        const witness = new Witness(outcomes);
        const play = new ContactsPlay(witness.book);
        for (const move of moves) witness.send(play.commandOf(move));
        const folded = stateAfter(contacts, witness.past);
        assert.equal(serialiseState(folded), serialiseState(witness.state));
      }),
      { numRuns: 200 },
    );
    expect([...outcomes]).toEqual(expect.arrayContaining(mustBeMet));
  });
});

/** Without these the runs above would prove little. */
const mustBeMet = [
  'AddContactChannel changed',
  'AddContactChannel identifier_taken',
  'CreateContact changed',
  'CreateContact idempotency_conflict',
  'CreateContact identifier_taken',
  'CreateContact repeated',
  'DeleteContact changed',
  'DeleteContact contact_not_found',
  'MergeContacts changed',
  'MergeContacts contact_changed',
  'MergeContacts merge_with_itself',
  'RecordRecipient changed',
  'RecordRecipient unchanged',
  'RemoveContactChannel changed',
  'RemoveContactChannel contact_channel_not_found',
  'RemoveContactChannel last_channel',
  'SetPrimaryChannel changed',
  'SetPrimaryChannel unchanged',
  'UpdateContact changed',
  'UpdateContact channel_not_available',
  'UpdateContact unchanged',
];
