import { InMemoryEventLog } from '@tollgate/adapter-in-memory';
import {
  AppendOutcomeUnknown,
  LogUnavailable,
  type Appended,
  type EventLog,
  type EventToAppend,
  type RecordedEvent,
  type Subscription,
} from '@tollgate/ports';
import type { Weather } from './conditions';
import { forEver, turns } from './turns';

type Fate = 'stored' | 'unavailable' | 'requestLost' | 'answerLost' | 'landsLate';

type Handle = (events: readonly RecordedEvent[]) => Promise<void>;

/** How far a subscription has come. */
interface Following {
  position: number;
  isStopped: boolean;
}

/** The log itself, which never fails. */
export class SimulatedLog {
  readonly stored = new InMemoryEventLog();
  /**
   * More than one process writes. Then no append arrives late: whoever takes over must be able to
   * rely on that, by being given unanswered commands in their order, or by waiting long enough.
   */
  isContested = false;
  /** Revision of each stream's last event. */
  readonly heads = new Map<string, number>();

  constructor(readonly weather: Weather) {}

  headOf(stream: string): number {
    return this.heads.get(stream) ?? -1;
  }

  /** @throws WrongExpectedRevision */
  async store(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    const storing = this.stored.append(stream, expectedRevision, events);
    const appended = await storing;
    this.heads.set(stream, Math.max(appended.revision, this.headOf(stream)));
    return appended;
  }
}

/** One process's way to the log. When the process ends, its calls have no end. */
export class LogConnection implements EventLog {
  private isDead = false;
  private isDown = false;
  /** Appends that their sender has given up on, and that may still arrive. */
  private readonly late = new Set<() => void>();

  constructor(
    private readonly log: SimulatedLog,
    private readonly weather: Weather,
  ) {}

  kill(): void {
    this.endLate();
    this.isDead = true;
  }

  /** What is late arrives now or never. */
  endLate(): void {
    for (const arrive of this.late) {
      if (this.weather.random.isLucky(0.5)) arrive();
    }
    this.late.clear();
  }

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    await this.travel();
    const fate = this.drawFate();
    if (fate === 'unavailable' || this.isDown) throw new LogUnavailable('simulated');
    if (fate === 'landsLate') this.sendLate(stream, expectedRevision, events);
    if (fate === 'stored' || fate === 'answerLost') {
      const appended = await this.log.store(stream, expectedRevision, events);
      await this.travel();
      if (fate === 'stored') return appended;
    }
    await this.travel();
    if (this.weather.random.isLucky(0.5)) void this.goDown();
    throw new AppendOutcomeUnknown(`simulated: ${fate}`);
  }

  readStream(stream: string, fromRevision = 0): AsyncIterable<readonly RecordedEvent[]> {
    return this.rough(this.log.stored.readStream(stream, fromRevision));
  }

  readAll(afterPosition = 0): AsyncIterable<readonly RecordedEvent[]> {
    return this.rough(this.log.stored.readAll(afterPosition));
  }

  subscribe(afterPosition: number, handle: Handle): Subscription {
    const following: Following = { position: afterPosition, isStopped: false };
    const running = this.follow(following, handle);
    return {
      caughtUp: async () => {
        const { head } = this.log.stored;
        while (following.position < head) await this.stillAlive(turns(1));
      },
      stop: async () => {
        following.isStopped = true;
        await running;
      },
    };
  }

  private async follow(following: Following, handle: Handle): Promise<void> {
    while (!following.isStopped) {
      await this.handleNew(following, handle).catch(() => undefined);
      await this.stillAlive(turns(1));
    }
  }

  /** Stops at a fault; the events that were not handled then come again. */
  private async handleNew(following: Following, handle: Handle): Promise<void> {
    for await (const events of this.readAll(following.position)) {
      await handle(events);
      following.position = events[events.length - 1]!.position;
      if (following.isStopped) return;
    }
  }

  /** In batches of any size, some of them without what the writing process left in memory. */
  private async *rough(
    batches: AsyncIterable<readonly RecordedEvent[]>,
  ): AsyncIterable<readonly RecordedEvent[]> {
    const { random } = this.weather;
    await this.travel();
    for await (const batch of batches) {
      for (let start = 0; start < batch.length;) {
        const isFailing = this.isDown || random.isLucky(this.weather.now.readFails);
        if (isFailing) throw new LogUnavailable('simulated');
        const size = random.integer(1, random.of([1, 5, 100, 1_000]));
        const part = batch.slice(start, start + size);
        yield random.isLucky(0.5) ? part : part.map(asBytes);
        start += size;
      }
      await this.stillAlive(turns(0));
    }
  }

  /** A connection that lost an answer is often gone for a while. */
  private async goDown(): Promise<void> {
    this.isDown = true;
    await turns(this.weather.random.integer(1, 20));
    this.isDown = false;
  }

  private sendLate(...append: Parameters<SimulatedLog['store']>): void {
    const arrive = (): void => {
      if (this.late.delete(arrive)) void this.log.store(...append).catch(() => undefined);
    };
    this.late.add(arrive);
    void turns(this.weather.random.integer(1, 60)).then(arrive);
  }

  private drawFate(): Fate {
    const { appendUnavailable, requestLost, answerLost, landsLate } = this.weather.now;
    return this.weather.random.ofWeighted<Fate>({
      stored: 1,
      unavailable: appendUnavailable,
      requestLost,
      answerLost,
      landsLate: this.log.isContested ? 0 : landsLate,
    });
  }

  private async travel(): Promise<void> {
    await this.stillAlive(turns(this.weather.delayTurns()));
  }

  private async stillAlive(waiting: Promise<void>): Promise<void> {
    await waiting;
    if (this.isDead) await forEver();
  }
}

function asBytes(event: RecordedEvent): RecordedEvent {
  const bytes = { ...event };
  delete (bytes as { decoded?: unknown }).decoded;
  return bytes;
}
