import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RedisConnection } from './redis-connection';
import { Script } from './script';

export interface RedisLeaseOptions {
  readonly redis: RedisConnection;
  /** The role that one holder at a time has, such as `projection`. */
  readonly name: string;
  /** How long it is held after the last renewal, in ms. @default 3000 */
  readonly ttlMs?: number;
  /** Called once when it is lost; `acquired()` may be called again then. */
  readonly onLost?: () => void;
  /** Ms on a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

/** From the first try to hold it until it is lost or released. */
interface Term {
  readonly token: string;
  readonly end: AbortController;
  heldUntil: number;
}

const TTL_MS = 3_000;
const TRIES_PER_TTL = 3;

const renewScript = new Script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

const releaseScript = new Script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);

/**
 * A role that one holder at a time has, as far as clocks can tell. It saves work, and is no
 * safety: what a holder writes must be harmless when another one writes too.
 */
export class RedisLease {
  private readonly redis: RedisConnection;
  private readonly key: string;
  private readonly ttlMs: number;
  private readonly onLost: () => void;
  private readonly now: () => number;
  private term: Term | undefined;

  constructor({ redis, name, ttlMs = TTL_MS, onLost, now }: RedisLeaseOptions) {
    this.redis = redis;
    this.key = `tollgate:lease:${name}`;
    this.ttlMs = ttlMs;
    this.onLost = onLost ?? (() => undefined);
    this.now = now ?? (() => performance.now());
  }

  /** False as soon as another could have it: ask before each piece of work. */
  get isHeld(): boolean {
    return this.term !== undefined && this.now() < this.term.heldUntil;
  }

  /**
   * Resolves to true once it is held, however long that takes and whether Redis is there or not;
   * to false when it was released before.
   * @throws Error when it is held or waited for already.
   */
  async acquired(): Promise<boolean> {
    if (this.term !== undefined) throw new Error(`${this.key} is held or waited for already`);
    const term: Term = { token: randomUUID(), end: new AbortController(), heldUntil: 0 };
    this.term = term;
    while (!term.end.signal.aborted) {
      if (await this.tryToHold(term)) {
        void this.keep(term);
        return true;
      }
      await this.pause(term, this.ttlMs / TRIES_PER_TTL);
    }
    return false;
  }

  /** Lets the next one have it at once; when Redis is away, after the time to live. */
  async release(): Promise<void> {
    const { term } = this;
    if (term === undefined) return;
    this.term = undefined;
    term.end.abort();
    await this.giveBack(term);
  }

  private async tryToHold(term: Term): Promise<boolean> {
    const heldUntil = this.now() + this.ttlMs;
    const answer = await this.redis
      .send((client) => client.set(this.key, term.token, 'PX', this.ttlMs, 'NX'))
      .catch(() => null);
    if (answer === null) return false;
    if (term.end.signal.aborted) {
      await this.giveBack(term);
      return false;
    }
    term.heldUntil = heldUntil;
    return true;
  }

  private async keep(term: Term): Promise<void> {
    while (!term.end.signal.aborted) {
      const left = term.heldUntil - this.now();
      await this.pause(term, Math.max(0, Math.min(left, this.ttlMs / TRIES_PER_TTL)));
      if (term.end.signal.aborted) return;
      if (!(await this.renew(term))) return this.lose(term);
    }
  }

  /** False when it belongs to another, or to nobody since the time to live is over. */
  private async renew(term: Term): Promise<boolean> {
    const renewedAt = this.now();
    if (renewedAt >= term.heldUntil) return false;
    const answer = await this.redis
      .send((client) => renewScript.run(client, [this.key], [term.token, String(this.ttlMs)]))
      .catch(() => undefined);
    if (answer === 1) term.heldUntil = renewedAt + this.ttlMs;
    return answer === undefined || answer === 1;
  }

  private lose(term: Term): void {
    if (this.term !== term) return;
    this.term = undefined;
    term.end.abort();
    this.onLost();
  }

  private async giveBack({ token }: Term): Promise<void> {
    const released = this.redis.send((client) => releaseScript.run(client, [this.key], [token]));
    await released.catch(() => undefined);
  }

  private async pause(term: Term, ms: number): Promise<void> {
    await delay(ms, undefined, { signal: term.end.signal }).catch(() => undefined);
  }
}
