type Method = (...given: unknown[]) => unknown;

/** One of its own for everybody who waits: a shared one would keep all of them. */
const never = (): Promise<never> => new Promise(() => undefined);

/** Methods of ports that answer at once; what they hand back is bound in their place. */
const IMMEDIATE: readonly PropertyKey[] = ['now', 'next', 'sha256', 'info', 'warn', 'error'];
const READING: readonly PropertyKey[] = ['readStream', 'readAll', 'deliver', 'search'];

/**
 * The life of one process. It ends at a call that it makes to the outside, before that was heard or
 * before the answer was; from then on no call of the process ever returns, and nothing reaches it.
 */
export class Lifetime {
  readonly ended: Promise<void>;
  private calls = 0;
  private isOver = false;
  private end: () => void = () => undefined;

  /** @param lastCall number of the call that it ends at; never when absent. */
  constructor(
    private readonly lastCall = Infinity,
    private readonly isHeard = false,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  /** The outside as this process sees it. */
  bound<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        const method = member.bind(target) as Method;
        if (IMMEDIATE.includes(name)) return method;
        if (name === 'subscribe') return this.subscribing(method);
        return READING.includes(name) ? this.reading(method) : this.calling(method);
      },
    });
  }

  private calling(method: Method): Method {
    return (...given) => this.call(async () => method(...given));
  }

  private async call(method: () => Promise<unknown>): Promise<unknown> {
    if (this.isOver) return never();
    this.calls += 1;
    const isLast = this.calls >= this.lastCall;
    if (isLast) {
      if (this.isHeard) await method();
      this.isOver = true;
      this.end();
      return never();
    }
    const answer = await method();
    return this.isOver ? never() : answer;
  }

  private subscribing(method: Method): Method {
    return (position, handle) =>
      method(position, (events: unknown) => (this.isOver ? never() : (handle as Method)(events)));
  }

  private reading(method: Method): Method {
    return (...given) => {
      const batches = (method(...given) as AsyncIterable<unknown>)[Symbol.asyncIterator]();
      const next = (): Promise<unknown> => this.call(() => batches.next());
      return { [Symbol.asyncIterator]: () => ({ next }) };
    };
  }
}
