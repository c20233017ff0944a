import { Tally } from './tally';
import type { WebhookOptions } from './options';

/** Whom a call is made to, and for whom. */
export interface Lane {
  readonly host: string;
  readonly accountId: string;
}

/** Ends the turn; to be called once. */
export type EndTurn = () => void;

type TurnOptions = Pick<
  WebhookOptions,
  'callsMax' | 'hostCallsMax' | 'accountCallsMax' | 'waitingMax' | 'waitMs' | 'timer'
>;

interface Waiting {
  readonly lane: Lane;
  readonly begin: (end: EndTurn | undefined) => void;
  readonly cancel: () => void;
}

/**
 * Lets so many calls run at once, and fewer to one host and for one account: one that is slow keeps
 * its own calls waiting, and nobody else's. Lanes that wait take turns.
 */
export class Turns {
  private running = 0;
  private isClosed = false;
  private readonly hosts = new Tally();
  private readonly accounts = new Tally();
  private readonly waitingHosts = new Tally();
  private readonly waitingAccounts = new Tally();
  /** Those that wait, in their order, by lane; the lane that had a turn last comes last. */
  private readonly lanes = new Map<string, Set<Waiting>>();

  constructor(private readonly options: TurnOptions) {}

  /** Undefined when too many wait for one, or when it does not come in time. */
  take(lane: Lane): Promise<EndTurn | undefined> {
    if (this.isClosed) return Promise.resolve(undefined);
    if (this.isFree(lane)) return Promise.resolve(this.begin(lane));
    if (this.isCrowded(lane)) return Promise.resolve(undefined);
    return new Promise((resolve) => this.wait(lane, resolve));
  }

  /** Nobody waits any more, and nobody comes to. */
  close(): void {
    this.isClosed = true;
    for (const waiting of [...this.lanes.values()].flatMap((lane) => [...lane])) {
      this.leave(waiting);
      waiting.begin(undefined);
    }
  }

  private isFree({ host, accountId }: Lane): boolean {
    const { callsMax, hostCallsMax, accountCallsMax } = this.options;
    return (
      this.running < callsMax &&
      this.hosts.of(host) < hostCallsMax &&
      this.accounts.of(accountId) < accountCallsMax
    );
  }

  private isCrowded({ host, accountId }: Lane): boolean {
    const { waitingMax } = this.options;
    const waiting = Math.max(this.waitingHosts.of(host), this.waitingAccounts.of(accountId));
    return waiting >= waitingMax;
  }

  private begin({ host, accountId }: Lane): EndTurn {
    this.running += 1;
    this.hosts.add(host);
    this.accounts.add(accountId);
    return () => {
      this.running -= 1;
      this.hosts.subtract(host);
      this.accounts.subtract(accountId);
      this.beginNext();
    };
  }

  /** As many as may: the end of one call can be what a host and an account both waited for. */
  private beginNext(): void {
    for (const [name, waiting] of this.lanes) {
      if (this.running >= this.options.callsMax) return;
      const [first] = waiting;
      if (first === undefined || !this.isFree(first.lane)) continue;
      this.leave(first);
      this.moveToEnd(name);
      first.begin(this.begin(first.lane));
    }
  }

  private wait(lane: Lane, begin: Waiting['begin']): void {
    const cancel = this.options.timer(this.options.waitMs, () => {
      this.leave(waiting);
      begin(undefined);
    });
    const waiting: Waiting = { lane, begin, cancel };
    const name = nameOf(lane);
    const others = this.lanes.get(name) ?? new Set();
    this.lanes.set(name, others.add(waiting));
    this.waitingHosts.add(lane.host);
    this.waitingAccounts.add(lane.accountId);
  }

  private leave(waiting: Waiting): void {
    const { host, accountId } = waiting.lane;
    const name = nameOf(waiting.lane);
    waiting.cancel();
    this.lanes.get(name)?.delete(waiting);
    if (this.lanes.get(name)?.size === 0) this.lanes.delete(name);
    this.waitingHosts.subtract(host);
    this.waitingAccounts.subtract(accountId);
  }

  private moveToEnd(name: string): void {
    const waiting = this.lanes.get(name);
    if (waiting === undefined) return;
    this.lanes.delete(name);
    this.lanes.set(name, waiting);
  }
}

const nameOf = ({ host, accountId }: Lane): string => `${accountId} ${host}`;
