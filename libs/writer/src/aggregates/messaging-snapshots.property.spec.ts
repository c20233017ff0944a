import assert from 'node:assert/strict';
import type { CommandMemory } from '@tollgate/domain';
import {
  ContactsBook,
  ContactsPlay,
  SendersBook,
  SendersPlay,
  contactMoves,
  eventMetadataOf,
  senderMoves,
} from '@tollgate/testing';
import fc from 'fast-check';
import { digest } from '../../spec/stage';
import type { Aggregate, WritableKind } from '../aggregate';
import { decodeSnapshot, encodeSnapshot } from '../snapshot-codec';
import { contactsAggregate } from './contacts';
import { sendersAggregate } from './senders';

/*
 * Goal: a state that was saved is the state, for good. Method: after a random past it is saved and
 * restored, and then both must decide alike whatever comes.
 */

/** Sends commands to a state, and beside it to one that is saved and restored after `savedAt`. */
class SavedBeside<Kind extends WritableKind> {
  private readonly state: Kind['state'];
  private restored: Kind['state'] | undefined;
  private sent = 0;

  constructor(
    private readonly aggregate: Aggregate<Kind>,
    private readonly savedAt: number,
  ) {
    this.state = aggregate.decider.initialState();
  }

  send(command: Kind['command']): void {
    const { decider } = this.aggregate;
    if (this.sent === this.savedAt) this.restored = this.saveAndRestore();
    this.sent += 1;
    const decision = decider.decide(command, this.state);
    if (this.restored !== undefined) {
      assert.deepEqual(decider.decide(command, this.restored), decision);
    }
    if (decision.kind !== 'accepted') return;
    for (const event of decision.events) {
      for (const state of [this.state, this.restored]) {
        if (state !== undefined) decider.evolve(state, event, eventMetadataOf(command));
      }
    }
  }

  expectAlike(): void {
    const restored = this.saveAndRestore();
    assert.deepEqual(contentOf(restored), contentOf(this.state));
    assert.deepEqual(Object.keys(restored), Object.keys(this.state));
    if (this.restored !== undefined) {
      assert.deepEqual(contentOf(this.restored), contentOf(this.state));
    }
  }

  private saveAndRestore(): Kind['state'] {
    const { snapshot } = this.aggregate;
    const loaded = { state: this.state, link: '', snapshotRevision: -1, foldedAt: -1 };
    const saved = encodeSnapshot('id', loaded, snapshot, digest);
    return decodeSnapshot('id', saved, snapshot, digest)!.state;
  }
}

/** Without what the window keeps for its own use. */
function contentOf(state: CommandMemory): object {
  return { ...state, window: state.window.snapshot() };
}

const place = fc.nat({ max: 60 });

describe('a snapshot at any moment', () => {
  it('of contacts is what it was made of, and decides alike ever after', () => {
    fc.assert(
      fc.property(contactMoves(60), place, (moves, savedAt) => {
        const book = new ContactsBook();
        const play = new ContactsPlay(book);
        const beside = new SavedBeside(contactsAggregate, savedAt);
        for (const move of moves) {
          const command = play.commandOf(move);
          beside.send(command);
          if (move.kind !== 'again') book.send(command);
        }
        beside.expectAlike();
      }),
      { numRuns: 60 },
    );
  });

  it('of senders and numbers is what it was made of, and decides alike ever after', () => {
    fc.assert(
      fc.property(senderMoves(60), place, (moves, savedAt) => {
        const book = new SendersBook();
        const play = new SendersPlay(book);
        const beside = new SavedBeside(sendersAggregate, savedAt);
        for (const move of moves) {
          const command = play.commandOf(move);
          beside.send(command);
          if (move.kind !== 'again') book.send(command);
        }
        beside.expectAlike();
      }),
      { numRuns: 60 },
    );
  });
});
