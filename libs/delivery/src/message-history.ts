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
  type EventMetadata,
  type MessageEvent,
  type MessageState,
} from '@tollgate/domain';
import { LogCorrupt, type Digest, type EventLog, type RecordedEvent } from '@tollgate/ports';
import { stepIdOf, type Cause } from './caused-by';

export interface HistoryPorts {
  readonly events: Pick<EventLog, 'readStream' | 'append'>;
  readonly digest: Digest;
}

export interface ToldEvent {
  readonly event: MessageEvent;
  readonly metadata: EventMetadata;
}

/**
 * What became of news: `repeated` was known already and changed nothing; `contradicts` says that
 * the message ended otherwise, which stands.
 */
export type Recorded = 'recorded' | 'repeated' | 'contradicts';

type DataOf<Type> = Extract<MessageEvent, { readonly type: Type }>['data'];

/** What is known of one message, and the only place that adds to its stream. */
export class MessageHistory {
  private readonly stream: string;
  private state: MessageState = queuedMessage();
  private events: ToldEvent[] = [];
  private link: string;
  private isCurrent = false;

  constructor(
    readonly messageId: string,
    private readonly ports: HistoryPorts,
  ) {
    this.stream = messageStream(messageId);
    this.link = chainStart(this.stream);
  }

  get status(): MessageState['status'] {
    return this.state.status;
  }

  get isFinal(): boolean {
    return this.status === 'delivered' || this.status === 'failed';
  }

  /** Undefined as long as the carrier told nothing. */
  get first(): ToldEvent | undefined {
    return this.events[0];
  }

  /** How the message was sent, when it was. */
  get sent(): DataOf<'MessageSent'> | undefined {
    return this.dataOf('MessageSent');
  }

  /** Why the message failed, when it did. */
  get failure(): DataOf<'MessageFailed'> | undefined {
    return this.dataOf('MessageFailed');
  }

  /** Folds the stream anew. */
  async read(): Promise<void> {
    this.isCurrent = false;
    this.state = queuedMessage();
    this.events = [];
    for await (const batch of this.ports.events.readStream(this.stream)) {
      batch.forEach((recorded) => this.follow(recorded));
    }
    this.isCurrent = true;
  }

  /**
   * Appends what the carrier told, when it is news. Safe to repeat: after an append that failed
   * in any way, the stream is read before anything is decided again.
   * @param at Unix ms; the times of a stream never go back.
   */
  async record(event: MessageEvent, cause: Cause, at: number): Promise<Recorded> {
    if (!this.isCurrent) await this.read();
    const decision = decideReport(event, this.state);
    if (decision.kind !== 'accepted') return 'contradicts';
    const commandId = stepIdOf(event.type, this.messageId, this.ports);
    const metadata = {
      ...cause,
      commandId,
      at: Math.max(at, this.events.at(-1)?.metadata.at ?? 0),
    };
    for (const news of decision.events) await this.append({ event: news, metadata });
    return decision.events.length > 0 ? 'recorded' : 'repeated';
  }

  private async append(told: ToldEvent): Promise<void> {
    const encoded = encodeEvent(told.event, told.metadata, 0);
    const sha256 = (text: string): string => this.ports.digest.sha256(text);
    const link = linkOf(this.link, [encoded], sha256);
    const linked = { ...encoded, metadata: withLink(encoded.metadata, link) };
    this.isCurrent = false;
    await this.ports.events.append(this.stream, this.state.revision, [linked]);
    this.apply(told, link);
    this.isCurrent = true;
  }

  private follow(recorded: RecordedEvent): void {
    const link = linkIn(recorded.metadata);
    if (link === undefined) throw new LogCorrupt(this.stream, recorded.revision, 'has no link');
    const { event, metadata } = decodeEvent(recorded);
    this.apply({ event: event as MessageEvent, metadata }, link);
  }

  private apply(told: ToldEvent, link: string): void {
    evolveMessage(this.state, told.event);
    this.link = link;
    this.events.push(told);
  }

  private dataOf<Type extends MessageEvent['type']>(type: Type): DataOf<Type> | undefined {
    const found = this.events.find(({ event }) => event.type === type);
    return found?.event.data as DataOf<Type> | undefined;
  }
}
