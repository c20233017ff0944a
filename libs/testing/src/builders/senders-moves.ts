import {
  SIGNATURE_VERSIONS,
  phoneNumberIdOf,
  presentFields,
  senderIdOf,
  type SenderCommand,
  type SignatureVersion,
  type WebhookRequest,
} from '@tollgate/domain';
import fc from 'fast-check';
import { commandIdAt } from './ids';
import type { SendersBook } from './senders-book';
import * as commands from './senders-commands';
import { messagingEnvelope, type MessagingMetadata } from './specified-aggregate';

interface WebhookAsked {
  readonly hasUrl: boolean;
  readonly active: boolean | undefined;
  readonly signatureVersion: SignatureVersion | undefined;
}

/**
 * What may happen to an account's senders and numbers next. Numbers in `sender`, `number`, `phone`
 * and `command` pick among those that there are when the move is made, or were once.
 */
export type SenderMove =
  | {
      readonly kind: 'create';
      readonly phone: number | undefined;
      readonly setAsDefault: boolean;
      readonly voice: boolean;
      readonly webhook: WebhookAsked | undefined;
    }
  | {
      readonly kind: 'update';
      readonly sender: number;
      readonly isNamed: boolean;
      readonly setAsDefault: boolean;
      readonly voice: boolean | undefined;
      readonly webhook: WebhookAsked | null | undefined;
    }
  | { readonly kind: 'delete'; readonly sender: number }
  | { readonly kind: 'regenerate'; readonly sender: number }
  | { readonly kind: 'buy'; readonly isKnown: boolean; readonly number: number }
  | {
      readonly kind: 'change';
      readonly number: number;
      readonly name: string | null | undefined;
      readonly sender: number | null | undefined;
    }
  | { readonly kind: 'renew'; readonly number: number; readonly days: number }
  | { readonly kind: 'suspend'; readonly number: number }
  | { readonly kind: 'release'; readonly number: number }
  | { readonly kind: 'again'; readonly command: number; readonly isChanged: boolean };

type Kind = SenderMove['kind'];
type Fields<K extends Kind> = Omit<Extract<SenderMove, { kind: K }>, 'kind'>;

const pick = fc.nat({ max: 30 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

const webhook: fc.Arbitrary<WebhookAsked> = fc.record({
  hasUrl: fc.boolean(),
  active: maybe(fc.boolean()),
  signatureVersion: maybe(fc.constantFrom(...SIGNATURE_VERSIONS)),
});

function move<K extends Kind>(
  kind: K,
  weight: number,
  fields: { [Name in keyof Fields<K>]: fc.Arbitrary<Fields<K>[Name]> },
): fc.WeightedArbitrary<SenderMove> {
  const arbitrary = fc.record({ kind: fc.constant(kind), ...fields });
  return { weight, arbitrary: arbitrary as unknown as fc.Arbitrary<SenderMove> };
}

const anyMove = fc.oneof(
  move('create', 5, {
    phone: maybe(pick),
    setAsDefault: fc.boolean(),
    voice: fc.boolean(),
    webhook: maybe(webhook),
  }),
  move('update', 10, {
    sender: pick,
    isNamed: fc.boolean(),
    setAsDefault: fc.boolean(),
    voice: maybe(fc.boolean()),
    webhook: maybe(fc.option(webhook, { freq: 6 })),
  }),
  move('delete', 3, { sender: pick }),
  move('regenerate', 3, { sender: pick }),
  move('buy', 5, { isKnown: fc.boolean(), number: pick }),
  move('change', 8, {
    number: pick,
    name: maybe(fc.constantFrom(null, 'Support')),
    sender: maybe(fc.option(pick, { freq: 3 })),
  }),
  move('renew', 3, { number: pick, days: fc.nat({ max: 60 }) }),
  move('suspend', 3, { number: pick }),
  move('release', 4, { number: pick }),
  move('again', 4, { command: pick, isChanged: fc.boolean() }),
);

export function senderMoves(lengthMax: number): fc.Arbitrary<readonly SenderMove[]> {
  return fc.array(anyMove, { minLength: 1, maxLength: lengthMax, size: 'max' });
}

/** Makes commands of moves, against the senders and numbers as the book has them. */
export class SendersPlay {
  private readonly sent: SenderCommand[] = [];
  private readonly senderIds = ['snd_unknown'];
  private readonly numberIds = ['pn_unknown'];
  private drawn = 0;

  constructor(private readonly book: SendersBook) {}

  commandOf(move: SenderMove): SenderCommand {
    const command = move.kind === 'again' ? this.repeat(move) : this.make(move, this.envelope());
    this.sent.push(command);
    return command;
  }

  private make(move: Exclude<SenderMove, { kind: 'again' }>, as: MessagingMetadata): SenderCommand {
    switch (move.kind) {
      case 'create':
        return this.create(move, as);
      case 'update':
        return this.update(move, as);
      case 'delete':
        return commands.deleteSender({ senderId: this.senderAt(move.sender) }, as);
      case 'regenerate':
        return commands.regenerateSecret({ senderId: this.senderAt(move.sender) }, as);
      case 'buy':
        return this.buy(move, as);
      default:
        return this.makeOfNumber(move, as);
    }
  }

  private makeOfNumber(
    move: Extract<SenderMove, { kind: 'change' | 'renew' | 'suspend' | 'release' }>,
    as: MessagingMetadata,
  ): SenderCommand {
    const numberId = pickOf(this.numberIds, move.number);
    if (move.kind === 'suspend') return commands.suspendNumber({ numberId }, as);
    if (move.kind === 'release') return commands.releaseNumber({ numberId }, as);
    if (move.kind === 'renew') {
      const paidUntil = commands.paidUntil + (move.days - 10) * 24 * 3_600_000;
      return commands.renewNumber({ numberId, paidUntil }, as);
    }
    const { name, sender } = move;
    const senderId = typeof sender === 'number' ? this.senderAt(sender) : sender;
    return commands.updateNumber({ numberId, ...presentFields({ name, senderId }) }, as);
  }

  private create(
    { phone, setAsDefault, voice, webhook }: Extract<SenderMove, { kind: 'create' }>,
    as: MessagingMetadata,
  ): SenderCommand {
    const senderId = senderIdOf(as.id);
    this.senderIds.push(senderId);
    const { phoneNumber = commands.phoneNumber } =
      phone === undefined ? {} : (this.book.numbers[phone % this.book.numbers.length] ?? {});
    const data = { senderId, setAsDefault, voice };
    return commands.createSender(
      {
        ...data,
        ...(phone === undefined ? {} : { phoneNumber }),
        ...(webhook === undefined
          ? {}
          : { webhook: { ...requestOf(webhook), url: `https://example.com/${as.id}` } }),
      },
      as,
    );
  }

  private update(
    { sender, isNamed, setAsDefault, voice, webhook }: Extract<SenderMove, { kind: 'update' }>,
    as: MessagingMetadata,
  ): SenderCommand {
    const request = webhook ? requestOf(webhook) : webhook;
    const name = isNamed ? 'Acme again' : undefined;
    const data = { senderId: this.senderAt(sender), setAsDefault };
    return commands.updateSender(
      { ...data, ...presentFields({ name, voice, webhook: request }) },
      as,
    );
  }

  private buy(
    { isKnown, number }: Extract<SenderMove, { kind: 'buy' }>,
    as: MessagingMetadata,
  ): SenderCommand {
    const known = pickOf(this.numberIds, number);
    const numberId = isKnown && known !== 'pn_unknown' ? known : phoneNumberIdOf(as.id);
    this.numberIds.push(numberId);
    return commands.addNumber({ numberId, phoneNumber: `+1415555${this.drawn + 1_000}` }, as);
  }

  private repeat({ command, isChanged }: Extract<SenderMove, { kind: 'again' }>): SenderCommand {
    if (this.sent.length === 0) return commands.deleteSender({}, this.envelope());
    const first = pickOf(this.sent, command);
    return isChanged ? { ...first, bodyHash: this.envelope().bodyHash } : first;
  }

  private senderAt(place: number): string {
    return pickOf(this.senderIds, place);
  }

  private envelope(): MessagingMetadata {
    this.drawn += 1;
    return { ...messagingEnvelope, id: commandIdAt(this.drawn), bodyHash: this.drawn };
  }
}

function requestOf({ hasUrl, active, signatureVersion }: WebhookAsked): WebhookRequest {
  const url = hasUrl ? 'https://example.com/hook' : undefined;
  return presentFields({ url, active, signatureVersion });
}

function pickOf<T>(items: readonly T[], place: number): T {
  return items[place % items.length]!;
}
