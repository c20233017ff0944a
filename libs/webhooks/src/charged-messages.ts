import { decodeEvent, teamStream } from '@tollgate/contracts';
import { revisionInId, type MessageItem } from '@tollgate/domain';
import type { EventReader } from '@tollgate/ports';
import { LRUCache } from 'lru-cache';
import { eventAt } from './event-at';
import type { WebhookEvent } from './webhook-event';

/** What a charge says of the message that it ordered; as it stands there, sealed or not. */
export type ChargedMessage = Pick<MessageItem, 'to' | 'channel' | 'sealed'>;

const CACHE_BYTES_MAX = 16_000_000;
const ENTRY_BYTES = 200;

/**
 * Messages by their charge. Those that were ordered a moment ago are kept: what becomes of a
 * message is mostly known within seconds.
 */
export class ChargedMessages {
  private readonly recent = new LRUCache<string, ChargedMessage>({
    maxSize: CACHE_BYTES_MAX,
    sizeCalculation: ({ sealed = '' }) => sealed.length + ENTRY_BYTES,
  });

  constructor(private readonly events: EventReader) {}

  note(chargeId: string, { to, channel, sealed }: MessageItem): void {
    this.recent.set(chargeId, {
      channel,
      ...(to === undefined ? {} : { to }),
      ...(sealed === undefined ? {} : { sealed }),
    });
  }

  /** Undefined when the log has no such charge. @throws LogUnavailable */
  async find({ teamId, chargeId, messageId }: WebhookEvent): Promise<ChargedMessage | undefined> {
    const known = this.recent.get(chargeId);
    if (known !== undefined) return known;
    const revision = revisionInId('chg', teamId, chargeId);
    if (revision === undefined) return undefined;
    const recorded = await eventAt({ stream: teamStream(teamId), revision }, this.events);
    if (recorded?.type !== 'AccountCharged') return undefined;
    const { event } = decodeEvent(recorded);
    if (event.type !== 'AccountCharged' || event.data.item.type !== 'message') return undefined;
    const { item } = event.data;
    if (item.id !== messageId) return undefined;
    this.note(chargeId, item);
    return item;
  }
}
