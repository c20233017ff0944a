import type { Page, PageRequest, Row, SortKeys } from '@tollgate/ports';
import type { Keyspace } from './keyspace';
import type { RedisClient } from './redis-connection';
import { decodeRow } from './row-codec';

const SEPARATOR = '\0';

export interface ListedRow {
  readonly sortKey: string;
  readonly key: string;
}

/** Reads of one set of read models. Each is one turn: nothing is read after an answer. */
export class ReadModelQueries {
  constructor(
    private readonly client: RedisClient,
    readonly keyspace: Keyspace,
  ) {}

  async get(key: string): Promise<Row | undefined> {
    return decodeRow(await this.client.hgetall(this.keyspace.row(key)));
  }

  /** What an index lists, and one more when there is more. */
  async listed(index: string, { before, prefix, limit }: PageRequest): Promise<ListedRow[]> {
    const [from, to] = rangeBelow(before, prefix);
    const name = this.keyspace.index(index);
    const members = await this.client.zrevrangebylex(name, from, to, 'LIMIT', 0, limit + 1);
    return members.map(parseMember);
  }

  rows(listed: readonly ListedRow[]): Promise<(Row | undefined)[]> {
    return Promise.all(listed.map(({ key }) => this.get(key)));
  }

  async revisionOf(stream: string, group: string): Promise<number> {
    return Number((await this.client.get(this.keyspace.revision(stream, group))) ?? -1);
  }
}

export type Ask = <Answer>(
  query: (queries: ReadModelQueries) => Promise<Answer>,
) => Promise<Answer>;

export async function readSortKeys(
  ask: Ask,
  index: string,
  request: PageRequest,
): Promise<SortKeys> {
  const listed = await ask((queries) => queries.listed(index, request));
  const sortKeys = listed.slice(0, request.limit).map(({ sortKey }) => sortKey);
  return { sortKeys, hasMore: listed.length > sortKeys.length };
}

/** A page takes two turns: the index, then its rows. When none of these is there, it goes on. */
export async function readPage(ask: Ask, index: string, request: PageRequest): Promise<Page> {
  for (let { before } = request; ;) {
    const rest = before === undefined ? request : { ...request, before };
    const { items, last, hasMore } = await readSome(ask, index, rest);
    if (items.length > 0 || !hasMore || last === undefined) return { items, hasMore };
    before = last;
  }
}

interface SomeOfPage extends Page {
  /** Sort key of the last row that was looked at. */
  readonly last: string | undefined;
}

async function readSome(ask: Ask, index: string, request: PageRequest): Promise<SomeOfPage> {
  const listed = await ask((queries) => queries.listed(index, request));
  const shown = listed.slice(0, request.limit);
  const rows = shown.length === 0 ? [] : await ask((queries) => queries.rows(shown));
  const items = shown.flatMap(({ sortKey }, place) => {
    const row = rows[place];
    return row === undefined ? [] : [{ sortKey, row }];
  });
  return { items, last: shown.at(-1)?.sortKey, hasMore: listed.length > shown.length };
}

/** Members strictly below a sort key that begin with a prefix, from the highest to the lowest. */
function rangeBelow(before: string | undefined, prefix: string = ''): [string | Buffer, string] {
  const below = before === undefined ? undefined : Buffer.from(`(${before}${SEPARATOR}`);
  if (prefix === '') return [below ?? '+', '-'];
  // No text has this byte: whatever begins with the prefix is below.
  const top = Buffer.concat([Buffer.from(`(${prefix}`), Buffer.of(0xff)]);
  const isBelow = below !== undefined && Buffer.compare(below, top) < 0;
  return [isBelow ? below : top, `[${prefix}`];
}

function parseMember(member: string): ListedRow {
  const end = member.indexOf(SEPARATOR);
  return { sortKey: member.slice(0, end), key: member.slice(end + 1) };
}
