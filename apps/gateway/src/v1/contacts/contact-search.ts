import { setImmediate as othersTurn } from 'node:timers/promises';
import type { ReadModelReader } from '@tollgate/ports';
import {
  contactKey,
  contactsSearchIndex,
  matchOf,
  type ContactRow,
  type Match,
  type SearchQuery,
} from '@tollgate/projections';
import type { Passed } from '../../http/pagination';
import { begunIds } from './begun-ids';
import { placeOf, type MatchPlace } from './match-place';
import { commonIds, TermIds } from './term-ids';

const ROWS_AT_ONCE_MIN = 20;

/** Finds the contacts of one account by their names and addresses. */
export class ContactSearch {
  private readonly index: string;
  private readonly rowsAtOnce: number;

  constructor(
    private readonly readModels: ReadModelReader,
    private readonly accountId: string,
    private readonly search: SearchQuery,
    limit: number,
  ) {
    this.index = contactsSearchIndex(accountId);
    // One more tells whether there is a next page.
    this.rowsAtOnce = Math.max(ROWS_AT_ONCE_MIN, limit + 1);
  }

  /** Whoever may match, the best first, then the newest; those behind a place when there is one. */
  async *passed(after: MatchPlace | undefined): AsyncIterable<Passed> {
    for (const match of [3, 2, 1] as const) {
      if (after !== undefined && match > after.match) continue;
      const ids = this.ids(match, after?.match === match ? after.id : undefined);
      for await (const row of this.rows(ids)) {
        const matches = matchOf(this.search, row) === match;
        yield { place: placeOf({ match, id: row.id }), row, matches };
      }
    }
  }

  /** All who match so well and are below an id are among these, from the highest id down. */
  private async *ids(match: Match, below: string | undefined): AsyncIterable<string> {
    const { kind, prefixes, wholeTerm } = this.search;
    if (match === 1) {
      const begun = await begunIds(this.readModels, this.index, prefixes);
      yield* begun.filter((id) => below === undefined || id < below);
    } else if (match === 3 || kind === 'words') {
      const terms = new Set(match === 3 ? [wholeTerm, ...prefixes] : prefixes);
      const lists = [...terms].map((term) => new TermIds(this.readModels, this.index, term));
      yield* commonIds(lists, below);
    }
  }

  private async *rows(ids: AsyncIterable<string>): AsyncIterable<ContactRow> {
    let some: string[] = [];
    for await (const id of ids) {
      some.push(id);
      if (some.length < this.rowsAtOnce) continue;
      yield* await this.rowsOf(some);
      some = [];
      await othersTurn();
    }
    yield* await this.rowsOf(some);
  }

  private async rowsOf(ids: readonly string[]): Promise<readonly ContactRow[]> {
    const keys = ids.map((id) => contactKey(this.accountId, id));
    const rows = await Promise.all(keys.map((key) => this.readModels.get(key)));
    return rows.filter((row): row is ContactRow => row !== undefined);
  }
}
