import {
  chainStart,
  decodeEvent,
  encodeEvent,
  linkIn,
  linkOf,
  messageStream,
  withLink,
} from '@tollgate/contracts';
import {
  decideReport,
  evolveMessage,
  queuedMessage,
  type MessageEvent,
  type MessageState,
} from '@tollgate/domain';
import { LogCorrupt, type CarrierUpdate, type RecordedEvent } from '@tollgate/ports';
import { causedBy } from './caused-by';
import type { OrderedMessage } from './ordered-message';
import type { DeliveryPorts } from './ports';

/** What is known of one message, and the only place that adds to its stream. */
export class MessageHistory {
  private readonly stream: string;
  private state: MessageState = queuedMessage();
  private link: string;
  private isCurrent = false;
  private failureCode: string | undefined;

  constructor(
    readonly message: OrderedMessage,
    private readonly ports: DeliveryPorts,
  ) {
    this.stream = messageStream(message.item.id);
    this.link = chainStart(this.stream);
  }

  get status(): MessageState['status'] {
    return this.state.status;
  }

  get isFinal(): boolean {
    return this.status === 'delivered' || this.status === 'failed';
  }

  /** Why the message failed, when it did. */
  get errorCode(): string | undefined {
    return this.failureCode;
  }

  /** Folds the stream anew. */
  async read(): Promise<void> {
    this.isCurrent = false;
    this.state = queuedMessage();
    for await (const batch of this.ports.events.readStream(this.stream)) {
      batch.forEach((recorded) => this.follow(recorded));
    }
    this.isCurrent = true;
  }

  /**
   * Appends what the carrier told, when it is news. Safe to repeat: after an append that failed
   * in any way, the stream is read before anything is decided again.
   */
  async record(update: CarrierUpdate): Promise<void> {
    if (!this.isCurrent) await this.read();
    const decision = decideReport(eventOf(update, this.message), this.state);
    if (decision.kind === 'accepted') {
      for (const event of decision.events) await this.append(event);
    } else {
      const { status } = this.state;
      const fields = { messageId: this.message.item.id, status, reported: update.status };
      this.ports.log.warn('a carrier contradicts the end of a message', fields);
    }
  }

  private async append(event: MessageEvent): Promise<void> {
    const origin = causedBy(this.message, event.type, this.ports);
    const encoded = encodeEvent(event, origin, 0);
    const sha256 = (text: string): string => this.ports.digest.sha256(text);
    const link = linkOf(this.link, [encoded], sha256);
    const linked = { ...encoded, metadata: withLink(encoded.metadata, link) };
    this.isCurrent = false;
    await this.ports.events.append(this.stream, this.state.revision, [linked]);
    this.apply(event, link);
    this.isCurrent = true;
  }

  private follow(recorded: RecordedEvent): void {
    const link = linkIn(recorded.metadata);
    if (link === undefined) throw new LogCorrupt(this.stream, recorded.revision, 'has no link');
    this.apply(decodeEvent(recorded).event as MessageEvent, link);
  }

  private apply(event: MessageEvent, link: string): void {
    evolveMessage(this.state, event);
    this.link = link;
    if (event.type === 'MessageFailed') this.failureCode = event.data.errorCode;
  }
}

function eventOf(update: CarrierUpdate, message: OrderedMessage): MessageEvent {
  const { teamId, accountId, item } = message;
  const ref = { messageId: item.id, accountId, teamId };
  switch (update.status) {
    case 'sent':
      return {
        type: 'MessageSent',
        data: { ...ref, providerMessageId: update.providerMessageId },
      };
    case 'delivered':
      return { type: 'MessageDelivered', data: ref };
    case 'failed': {
      const { errorCode, errorMessage } = update;
      return { type: 'MessageFailed', data: { ...ref, errorCode, errorMessage } };
    }
  }
}
