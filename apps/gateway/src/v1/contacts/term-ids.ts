import { setImmediate as othersTurn } from 'node:timers/promises';
import type { ReadModelReader } from '@tollgate/ports';
import { TERM_END } from '@tollgate/projections';

const AT_ONCE = 100;

/** The ids of contacts that are listed under just one term, from the highest down. */
export class TermIds {
  private ids: readonly string[] = [];
  private next = 0;
  private hasMore = true;

  constructor(
    private readonly readModels: ReadModelReader,
    private readonly index: string,
    private readonly term: string,
  ) {}

  /** @param bound never above the one before; from the top when absent. */
  async below(bound: string | undefined): Promise<string | undefined> {
    this.skipTo(bound);
    if (this.next === this.ids.length && this.hasMore) {
      await this.read(bound);
    }
    return this.ids[this.next];
  }

  private skipTo(bound: string | undefined): void {
    const isBelow = (id: string): boolean => bound === undefined || id < bound;
    while (this.next < this.ids.length && !isBelow(this.ids[this.next]!)) this.next += 1;
  }

  private async read(bound: string | undefined): Promise<void> {
    const prefix = this.term + TERM_END;
    const before = bound === undefined ? {} : { before: prefix + bound };
    const request = { prefix, limit: AT_ONCE, ...before };
    const { sortKeys, hasMore } = await this.readModels.sortKeys(this.index, request);
    this.ids = sortKeys.map((sortKey) => sortKey.slice(prefix.length));
    this.next = 0;
    this.hasMore = hasMore;
    // Lists that have little in common are read far, and a store may answer without any wait.
    await othersTurn();
  }
}

/** The ids that are in each of the lists, strictly below `start`; from the top when absent. */
export async function* commonIds(
  lists: readonly TermIds[],
  start: string | undefined,
): AsyncIterable<string> {
  let bound = start;
  let common: string | undefined;
  for (let agreed = 0, at = 0; lists.length > 0; at = (at + 1) % lists.length) {
    const id = await lists[at]!.below(bound);
    if (id === undefined) return;
    agreed = id === common ? agreed + 1 : 1;
    common = id;
    // The others are asked for this one, or for what is below it.
    bound = id + TERM_END;
    if (agreed === lists.length) {
      yield id;
      bound = id;
      agreed = 0;
      common = undefined;
    }
  }
}
