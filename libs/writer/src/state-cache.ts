import type { CommandMemory } from '@tollgate/domain';
import { LRUCache } from 'lru-cache';
import type { Loaded } from './loaded';

export interface StateCacheOptions<State extends CommandMemory> {
  readonly bytesMax: number;
  /** Of a state without its window. */
  readonly bytesOf: (state: State) => number;
  readonly onEvict: (id: string, loaded: Loaded<State>) => void;
}

/** States of idle aggregates, the least recently used ones leaving first. */
export class StateCache<State extends CommandMemory> {
  private readonly states: LRUCache<string, Loaded<State>>;

  constructor({ bytesMax, bytesOf, onEvict }: StateCacheOptions<State>) {
    this.states = new LRUCache({
      maxSize: bytesMax,
      // A state larger than the cache is kept as its only entry.
      sizeCalculation: ({ state }) => Math.min(bytesOf(state) + state.window.bytes, bytesMax),
      dispose: (loaded, id, reason) => {
        if (reason === 'evict') onEvict(id, loaded);
      },
    });
  }

  /** Takes a state out: whoever works on it owns it. */
  take(id: string): Loaded<State> | undefined {
    const loaded = this.states.get(id);
    if (loaded !== undefined) this.states.delete(id);
    return loaded;
  }

  put(id: string, loaded: Loaded<State>): void {
    this.states.set(id, loaded);
  }

  all(): [string, Loaded<State>][] {
    return [...this.states.entries()];
  }
}
