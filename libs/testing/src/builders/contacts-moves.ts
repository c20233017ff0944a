import {
  contactIdOf,
  type ContactChannelKind,
  type ContactCommand,
  type NewContactChannel,
} from '@tollgate/domain';
import fc from 'fast-check';
import type { ContactsBook } from './contacts-book';
import * as commands from './contacts-commands';
import { commandIdAt } from './ids';
import { messagingEnvelope, type MessagingMetadata } from './specified-aggregate';

type Asked = readonly [kind: ContactChannelKind, who: number, isPrimary: boolean];

/**
 * What may happen to an account's contacts next. Numbers in `contact`, `source`, `channel` and
 * `command` pick among those that there were when the move is made.
 */
export type ContactMove =
  | { readonly kind: 'create'; readonly asked: readonly Asked[] }
  | { readonly kind: 'record'; readonly asked: Asked }
  | {
      readonly kind: 'update';
      readonly contact: number;
      readonly isNamed: boolean;
      readonly to: ContactChannelKind | null | undefined;
    }
  | { readonly kind: 'add'; readonly contact: number; readonly asked: Asked }
  | {
      readonly kind: 'label' | 'prefer' | 'remove';
      readonly channel: number;
      /** Named with this contact instead of its own. */
      readonly stray: number | undefined;
    }
  | {
      readonly kind: 'merge';
      readonly contact: number;
      readonly source: number;
      /** Forgets a channel of the source. */
      readonly isStale: boolean;
    }
  | { readonly kind: 'delete'; readonly contact: number }
  | { readonly kind: 'again'; readonly command: number; readonly isChanged: boolean };

const pick = fc.nat({ max: 30 });
const kinds = fc.constantFrom<ContactChannelKind>('sms', 'whatsapp', 'email');
const asked: fc.Arbitrary<Asked> = fc.tuple(kinds, fc.nat({ max: 7 }), fc.boolean());
const seldom = fc.nat({ max: 7 }).map((drawn) => drawn === 0);

const move = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      asked: fc.array(asked, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('record' as const), asked }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      contact: pick,
      isNamed: fc.boolean(),
      to: fc.option(fc.option(kinds), { nil: undefined }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('add' as const), contact: pick, asked }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('label' as const, 'prefer' as const, 'remove' as const),
      channel: pick,
      stray: fc.option(pick, { nil: undefined, freq: 8 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('merge' as const),
      contact: pick,
      source: pick,
      isStale: seldom,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), contact: pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('again' as const),
      command: pick,
      isChanged: fc.boolean(),
    }),
  },
);

export function contactMoves(lengthMax: number): fc.Arbitrary<readonly ContactMove[]> {
  return fc.array(move, { minLength: 1, maxLength: lengthMax, size: 'max' });
}

/** Makes commands of moves, against the contacts as the book has them. */
export class ContactsPlay {
  private readonly sent: ContactCommand[] = [];
  private readonly contactIds = ['con_unknown'];
  private drawn = 0;

  constructor(private readonly book: ContactsBook) {}

  commandOf(move: ContactMove): ContactCommand {
    const command = move.kind === 'again' ? this.repeat(move) : this.make(move, this.envelope());
    this.sent.push(command);
    return command;
  }

  private make(
    move: Exclude<ContactMove, { kind: 'again' }>,
    as: MessagingMetadata,
  ): ContactCommand {
    switch (move.kind) {
      case 'create': {
        const channels = move.asked.map((each) => this.channelOf(each));
        return commands.createContact({ contactId: this.newContact(as.id), channels }, as);
      }
      case 'record':
        return commands.recordRecipient(this.channelOf(move.asked), as, this.newContact(as.id));
      case 'update': {
        const contactId = this.contactAt(move.contact);
        const named = move.isNamed ? { displayName: 'sealed name' } : {};
        const to = move.to === undefined ? {} : { defaultChannel: move.to };
        return commands.updateContact({ contactId, ...named, ...to }, as);
      }
      case 'add':
        return commands.addContactChannel(
          this.channelOf(move.asked),
          as,
          this.contactAt(move.contact),
        );
      case 'merge':
        return this.merge(move, as);
      case 'delete':
        return commands.deleteContact({ contactId: this.contactAt(move.contact) }, as);
      default:
        return this.makeOfChannel(move, as);
    }
  }

  private makeOfChannel(
    { kind, channel, stray }: Extract<ContactMove, { kind: 'label' | 'prefer' | 'remove' }>,
    as: MessagingMetadata,
  ): ContactCommand {
    const { channels } = this.book;
    const named = channels[channel % Math.max(1, channels.length)];
    const channelId = named?.channelId ?? 'chn_unknown';
    const contactId = stray === undefined && named ? named.contactId : this.contactAt(stray ?? 0);
    if (kind === 'prefer') return commands.setPrimaryChannel({ contactId, channelId }, as);
    if (kind === 'remove') return commands.removeContactChannel({ contactId, channelId }, as);
    return commands.updateContactChannel({ contactId, channelId, label: 'sealed label' }, as);
  }

  private merge(
    { contact, source, isStale }: Extract<ContactMove, { kind: 'merge' }>,
    as: MessagingMetadata,
  ): ContactCommand {
    const sourceContactId = this.contactAt(source);
    const channels = this.book
      .channelsOf(sourceContactId)
      .map(({ channelId, channel, fingerprint }): NewContactChannel => ({
        ...commands.aChannel(channel, 'anybody'),
        channelId,
        fingerprint,
      }));
    return commands.mergeContacts(
      {
        contactId: this.contactAt(contact),
        sourceContactId,
        channels: isStale ? channels.slice(1) : channels.reverse(),
      },
      as,
    );
  }

  private repeat({ command, isChanged }: Extract<ContactMove, { kind: 'again' }>): ContactCommand {
    const first = this.sent[command % Math.max(1, this.sent.length)];
    if (first === undefined) return commands.deleteContact({}, this.envelope());
    return isChanged ? { ...first, bodyHash: this.envelope().bodyHash } : first;
  }

  private channelOf([kind, who, isPrimary]: Asked): NewContactChannel {
    this.drawn += 1;
    const channelId = `chn_${this.drawn}`;
    return commands.aChannel(kind, `nr${who}`, { channelId, isPrimary });
  }

  private newContact(commandId: string): string {
    this.contactIds.push(contactIdOf(commandId));
    return contactIdOf(commandId);
  }

  private contactAt(place: number): string {
    return this.contactIds[place % this.contactIds.length]!;
  }

  private envelope(): MessagingMetadata {
    this.drawn += 1;
    return { ...messagingEnvelope, id: commandIdAt(this.drawn), bodyHash: this.drawn };
  }
}
