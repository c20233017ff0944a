import { ApiError, sendersStream } from '@tollgate/contracts';
import { ReadModelsUnavailable } from '@tollgate/ports';
import { LRUCache } from 'lru-cache';
import type { FreshReads } from '../../reads/fresh-reads';
import type { SenderReader } from '../senders/sender-reader';
import { channelsOfSender, type KnownSender } from '../senders/sender.view';

const CHOICES_MAX = 50_000;
/** Another gateway's change of a sender is noticed no later than this. */
const FRESH_MS = 1_000;
/** While the read models are away, what was known before still counts, for so long. */
const STALE_MS_MAX = 10 * 60_000;
const ID_LENGTH_MAX = 300;

/** What a message has to know of the sender that it goes from. */
export interface ChosenSender {
  readonly id: string;
  /** What it can send on now. */
  readonly channels: readonly string[];
  readonly hasSuspendedNumber: boolean;
}

interface Choice {
  /** Null for an account without a default sender. */
  readonly sender: ChosenSender | null;
  /** Unix ms. */
  readonly readAt: number;
  /** What this gateway had answered about the account's senders by then. */
  readonly revision: number;
}

/** Chooses the sender of messages, and remembers for a moment: one sends many. */
export class SenderChoice {
  private readonly choices = new LRUCache<string, Choice>({ max: CHOICES_MAX, ttl: STALE_MS_MAX });

  constructor(
    private readonly senders: SenderReader,
    private readonly reads: FreshReads,
  ) {}

  /**
   * The sender that a request names, or else the account's default one, if it has any.
   * @throws ApiError not_found
   */
  async choose(accountId: string, named = ''): Promise<ChosenSender | undefined> {
    if (named.length > ID_LENGTH_MAX) throw senderNotFound();
    const name = `${accountId} ${named}`;
    const revision = this.reads.revisionAnswered(sendersStream(accountId));
    const known = this.choices.get(name);
    if (known !== undefined && isFresh(known, revision)) return known.sender ?? undefined;
    try {
      const sender = await this.read(accountId, named);
      this.choices.set(name, { sender, readAt: Date.now(), revision });
      return sender ?? undefined;
    } catch (fault) {
      return staleOrThrow(known, fault);
    }
  }

  private async read(accountId: string, named: string): Promise<ChosenSender | null> {
    const sender =
      named === ''
        ? await this.senders.findDefault(accountId)
        : await this.senders.find(accountId, named);
    if (sender !== undefined) return chosen(sender);
    if (named !== '') throw senderNotFound();
    return null;
  }
}

function chosen(sender: KnownSender): ChosenSender {
  return {
    id: sender.row.id,
    channels: channelsOfSender(sender),
    hasSuspendedNumber: sender.number?.status === 'suspended',
  };
}

function isFresh({ readAt, revision }: Choice, answered: number): boolean {
  return revision === answered && Date.now() - readAt < FRESH_MS;
}

function staleOrThrow(known: Choice | undefined, fault: unknown): ChosenSender | undefined {
  if (fault instanceof ReadModelsUnavailable && known !== undefined) {
    return known.sender ?? undefined;
  }
  throw fault;
}

function senderNotFound(): ApiError {
  return new ApiError('not_found', 'Template or sender not found.');
}
