import { AppendTooLarge } from '../store/store.errors';
import type { ProposedEvent } from '../store/stored-event';
import type { ProposedMessage } from '../wire/messages';
import { eventIn, sizeOf } from '../wire/requests';

/** As a node of EventStoreDB has it. */
export const APPEND_BYTES_MAX = 1_024 * 1_024;

/** Gathers the events of one append. */
export class ProposedEvents {
  readonly events: ProposedEvent[] = [];
  bytes = 0;

  /**
   * @throws AppendTooLarge
   * @throws InvalidRequest
   * @throws RequiredMetadataMissing
   */
  add(message: ProposedMessage): void {
    const event = eventIn(message);
    this.bytes += sizeOf(event);
    if (this.bytes > APPEND_BYTES_MAX) throw new AppendTooLarge(APPEND_BYTES_MAX);
    this.events.push(event);
  }
}
