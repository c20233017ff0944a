import { InMemorySnapshots } from '@tollgate/adapter-in-memory';
import type { SnapshotPart, Snapshots, StoredSnapshot } from '@tollgate/ports';
import type { Weather } from './conditions';
import { turns } from './turns';

type Trouble = 'away' | 'lost' | 'old' | 'rotten';

/** A snapshot store that may be away, forget, hand out old snapshots, or spoil them. */
export class SimulatedSnapshots implements Snapshots {
  private readonly latest = new InMemorySnapshots();
  private readonly history = new Map<string, StoredSnapshot[]>();

  constructor(private readonly weather: Weather) {}

  async load(stream: string): Promise<StoredSnapshot | undefined> {
    const { random, now } = this.weather;
    await turns(this.weather.delayTurns());
    const snapshot = await this.latest.load(stream);
    if (snapshot === undefined || !random.isLucky(now.snapshotFails)) {
      return snapshot === undefined ? undefined : asPooled(snapshot);
    }
    switch (random.of<Trouble>(['away', 'lost', 'old', 'rotten'])) {
      case 'away':
        throw new Error('simulated: the snapshots are away');
      case 'lost':
        return undefined;
      case 'old':
        return random.of(this.history.get(stream)!);
      case 'rotten':
        return this.rotten(snapshot);
    }
  }

  async save(stream: string, snapshot: StoredSnapshot): Promise<void> {
    await turns(this.weather.delayTurns());
    if (this.weather.random.isLucky(this.weather.now.snapshotFails / 2)) {
      throw new Error('simulated: the snapshots are away');
    }
    await this.latest.save(stream, snapshot);
    const history = this.history.get(stream) ?? [];
    history.push((await this.latest.load(stream))!);
    this.history.set(stream, history);
  }

  private rotten(snapshot: StoredSnapshot): StoredSnapshot {
    const { random } = this.weather;
    if (random.isLucky(0.5)) return { ...snapshot, head: this.withAnotherDigit(snapshot.head) };
    const place = random.integer(0, snapshot.parts.length - 1);
    const parts = snapshot.parts.map(({ name, bytes }, index) => {
      const spoilt = bytes.slice();
      if (index === place) spoilt[random.integer(0, bytes.length - 1)]! ^= 1;
      return { name, bytes: spoilt };
    });
    return { ...snapshot, parts };
  }

  private withAnotherDigit(head: string): string {
    const amounts = [...head.matchAll(/"(?:balance|spent)":(\d)/g)];
    const { index, 0: text } = this.weather.random.of(amounts);
    const at = index + text.length - 1;
    return `${head.slice(0, at)}${head.charAt(at) === '9' ? 1 : 9}${head.slice(at + 1)}`;
  }
}

/** Bytes as a store hands them out that reads from a socket: a view into a bigger buffer. */
function asPooled(snapshot: StoredSnapshot): StoredSnapshot {
  const parts = snapshot.parts.map(({ name, bytes }): SnapshotPart => {
    const pool = Buffer.alloc(bytes.length + 72, 0xee);
    pool.set(bytes, 36);
    return { name, bytes: pool.subarray(36, 36 + bytes.length) };
  });
  return { ...snapshot, parts };
}
