import assert from 'node:assert/strict';
import {
  SendersBook,
  SendersPlay,
  eventMetadataOf,
  senderMoves,
  serialiseState,
  stateAfter,
} from '@tollgate/testing';
import fc from 'fast-check';
import type { EventMetadata } from '../../kernel';
import { senders, type SenderCommand, type SenderDecision, type SenderEvent } from './index';

/*
 * Goal: after any sequence of commands an account with senders has one default sender, number and
 * sender know each other, nobody calls without a number, no webhook secret comes twice, and every
 * answer is the one that is due. Method: random commands beside a book that keeps it all again.
 */

class Witness {
  readonly state = senders.initialState();
  readonly book = new SendersBook();
  readonly past: { readonly event: SenderEvent; readonly metadata: EventMetadata }[] = [];
  private readonly accepted = new Map<string, number>();
  private readonly secrets = new Set<string>();

  constructor(private readonly outcomes: Set<string>) {}

  send(command: SenderCommand): void {
    const before = serialiseState(this.state);
    const decision = senders.decide(command, this.state);
    assert.equal(serialiseState(this.state), before);
    const answer = answerOf(decision);
    this.outcomes.add(`${command.type} ${answer}`);
    if (this.accepted.has(command.id)) return this.expectRepeat(command, answer);
    assert.equal(answer, this.book.send(command));
    if (decision.kind === 'accepted') this.apply(command, decision.events);
    this.expectAsBooked();
  }

  private apply(command: SenderCommand, events: readonly SenderEvent[]): void {
    if (events.length > 0) this.accepted.set(command.id, command.bodyHash!);
    for (const event of events) {
      const metadata = eventMetadataOf(command);
      this.expectNewSecret(event);
      senders.evolve(this.state, event, metadata);
      this.past.push({ event, metadata });
    }
  }

  /** Another body under a known id is refused, if only since it could not be taken anyway. */
  private expectRepeat({ id, bodyHash }: SenderCommand, answer: string): void {
    if (this.accepted.get(id) === bodyHash) return assert.equal(answer, 'repeated');
    assert.match(answer, /^idempotency_conflict$|_not_found$/);
  }

  /** A secret is new unless it is the one that the webhook has. */
  private expectNewSecret(event: SenderEvent): void {
    const version = secretIn(event);
    if (version === undefined) return;
    const { senderId } = event.data as { readonly senderId: string };
    if (this.state.senders.get(senderId)?.webhook?.secretVersion === version) return;
    assert(!this.secrets.has(`${senderId} ${version}`));
    this.secrets.add(`${senderId} ${version}`);
  }

  private expectAsBooked(): void {
    const { state, book } = this;
    const [chosen = null, ...others] = book.senders.filter(({ isDefault }) => isDefault);
    assert.equal(state.defaultSenderId, chosen?.senderId ?? null);
    assert.deepEqual([others.length, chosen === null], [0, book.senders.length === 0]);
    assert.deepEqual(
      [...state.senders.keys()],
      book.senders.map(({ senderId }) => senderId),
    );
    for (const { senderId, voice, webhook, secrets } of book.senders) {
      const sender = state.senders.get(senderId)!;
      assert.equal(sender.numberId, book.numberOf(senderId)?.numberId ?? null);
      assert.equal(sender.voice, voice);
      assert(!voice || sender.numberId !== null);
      assert.equal(sender.lastSecretVersion, secrets);
      if (webhook === null) assert.equal(sender.webhook, null);
      else assert.deepEqual({ ...sender.webhook, ...webhook }, sender.webhook);
    }
    assert.deepEqual(
      [...state.numbers].map(([numberId, number]) => ({ numberId, ...number })),
      book.numbers,
    );
  }
}

function secretIn({ type, data }: SenderEvent): number | undefined {
  if (type === 'WebhookSecretRegenerated') return data.secretVersion;
  const isOfSender = type === 'SenderCreated' || type === 'SenderUpdated';
  return isOfSender ? data.webhook?.secretVersion : undefined;
}

function answerOf(decision: SenderDecision): string {
  if (decision.kind === 'refused') return decision.rejection.code;
  if (decision.kind === 'repeated') return 'repeated';
  return decision.events.length > 0 ? 'changed' : 'unchanged';
}

describe('the senders and numbers of an account under any sequence of commands', () => {
  it('are as the book has them at every step, and the fold of their events', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(senderMoves(80), (moves) => {
        const witness = new Witness(outcomes);
        const play = new SendersPlay(witness.book);
        for (const move of moves) witness.send(play.commandOf(move));
        const folded = stateAfter(senders, witness.past);
        assert.equal(serialiseState(folded), serialiseState(witness.state));
      }),
      { numRuns: 200 },
    );
    expect([...outcomes]).toEqual(expect.arrayContaining(mustBeMet));
  });
});

/** Without these the runs above would prove little. */
const mustBeMet = [
  'AddNumber changed',
  'AddNumber unchanged',
  'CreateSender changed',
  'CreateSender idempotency_conflict',
  'CreateSender number_assigned',
  'CreateSender number_not_owned',
  'CreateSender repeated',
  'CreateSender voice_needs_number',
  'DeleteSender changed',
  'DeleteSender default_sender',
  'RegenerateWebhookSecret changed',
  'RegenerateWebhookSecret no_webhook',
  'ReleaseNumber changed',
  'ReleaseNumber number_assigned',
  'RenewNumber changed',
  'RenewNumber unchanged',
  'SuspendNumber changed',
  'SuspendNumber unchanged',
  'UpdateNumber changed',
  'UpdateNumber number_not_found',
  'UpdateNumber sender_has_number',
  'UpdateNumber sender_not_found',
  'UpdateNumber unchanged',
  'UpdateSender changed',
  'UpdateSender no_webhook',
  'UpdateSender sender_not_found',
  'UpdateSender signature_step',
  'UpdateSender unchanged',
  'UpdateSender voice_needs_number',
];
