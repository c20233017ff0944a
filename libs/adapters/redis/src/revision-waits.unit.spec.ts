import { RevisionWaits } from './revision-waits';
import type { ChannelListener, Subscriber } from './subscriber';

const STREAM = 'team-1';
const LONG_MS = 60_000;

/** What a subscription does, by hand. */
class ManualSubscriber implements Pick<Subscriber, 'listen'> {
  readonly listeners = new Map<string, ChannelListener>();

  listen(channel: string, listener: ChannelListener): () => void {
    this.listeners.set(channel, listener);
    return () => this.listeners.delete(channel);
  }

  get only(): ChannelListener {
    return [...this.listeners.values()][0]!;
  }
}

describe('waiting for a revision', () => {
  let subscriber: ManualSubscriber;
  let waits: RevisionWaits;
  let shown: number;
  let looks: number;

  beforeEach(() => {
    [subscriber, shown, looks] = [new ManualSubscriber(), -1, 0];
    waits = new RevisionWaits(subscriber as unknown as Subscriber, async () => {
      looks += 1;
      return shown;
    });
    waits.follow('shown');
  });

  afterEach(() => waits.close());

  async function settled(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  it('given it is told of the revision, then true, without looking once more', async () => {
    const waiting = waits.wait(STREAM, 3, LONG_MS);
    await settled();
    subscriber.only.onMessage(`team-2 9\n${STREAM} 2`);
    subscriber.only.onMessage(`team-2 9\n${STREAM} 3`);

    expect(await waiting).toBe(true);
    expect(looks).toBe(1);
  });

  it('given it was shown before listening began, then the look that follows sees it', async () => {
    const waiting = waits.wait(STREAM, 3, LONG_MS);
    await settled();
    shown = 3;
    subscriber.only.onConnected();

    expect(await waiting).toBe(true);
  });

  it('given it is shown between the first look and waiting, then it is seen', async () => {
    void waits.wait('team-2', 9, LONG_MS);
    await settled();
    subscriber.only.onConnected();
    const waiting = waits.wait(STREAM, 3, LONG_MS);
    shown = 3;

    expect(await waiting).toBe(true);
  });

  it('given nobody waits, when told, then nothing is looked at', async () => {
    expect(await waits.wait(STREAM, -1, LONG_MS)).toBe(true);
    expect(subscriber.listeners.size).toBe(0);
  });

  it('given another channel is followed, then only that one counts, and is looked at', async () => {
    const waiting = waits.wait(STREAM, 3, LONG_MS);
    await settled();
    waits.follow('others');
    expect([...subscriber.listeners.keys()]).toEqual(['others']);
    shown = 3;
    subscriber.only.onConnected();

    expect(await waiting).toBe(true);
  });

  it('given it is shown but nobody says so, when the time is over, then true', async () => {
    const waiting = waits.wait(STREAM, 3, 20);
    await settled();
    shown = 3;

    expect(await waiting).toBe(true);
  });
});
