import {
  chainStart,
  linkIn,
  linkOf,
  withoutLink,
  type ChainedEvent,
  type Sha256,
} from './hash-chain';

/** Follows a stream event by event and says whether each append's link is right. */
export class ChainVerifier {
  private open: ChainedEvent[] = [];

  constructor(
    stream: string,
    private readonly sha256: Sha256,
    private last: string = chainStart(stream),
  ) {}

  /** The link of the last complete append. */
  get link(): string {
    return this.last;
  }

  /** True when the last event seen was the end of an append. */
  get isClosed(): boolean {
    return this.open.length === 0;
  }

  /** False when this event closes an append whose link does not fit what came before. */
  follow(event: ChainedEvent): boolean {
    const link = linkIn(event.metadata);
    if (link === undefined) {
      this.open.push(event);
      return true;
    }
    const closing = {
      type: event.type,
      data: event.data,
      metadata: withoutLink(event.metadata),
    };
    const expected = linkOf(this.last, [...this.open, closing], this.sha256);
    this.open = [];
    this.last = link;
    return link === expected;
  }
}
