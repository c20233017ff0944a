import type { Page, PageRequest, Row } from '@tollgate/ports';
import type { Keyspace } from './keyspace';
import type { RedisClient } from './redis-connection';
import { decodeRow } from './row-codec';

const SEPARATOR = '\0';

/** Reads of one set of read models. */
export class ReadModelQueries {
  constructor(
    private readonly client: RedisClient,
    private readonly keyspace: Keyspace,
  ) {}

  async get(key: string): Promise<Row | undefined> {
    return decodeRow(await this.client.hgetall(this.keyspace.row(key)));
  }

  async list(index: string, { before, limit }: PageRequest): Promise<Page> {
    const from = before === undefined ? '+' : `(${before}${SEPARATOR}`;
    const name = this.keyspace.index(index);
    const members = await this.client.zrevrangebylex(name, from, '-', 'LIMIT', 0, limit + 1);
    const listed = members.slice(0, limit).map(parseMember);
    const rows = await Promise.all(listed.map(({ key }) => this.get(key)));
    const items = listed.flatMap(({ sortKey }, place) => {
      const row = rows[place];
      return row === undefined ? [] : [{ sortKey, row }];
    });
    return { items, hasMore: members.length > limit };
  }

  async revisionOf(stream: string, group: string): Promise<number> {
    return Number((await this.client.get(this.keyspace.revision(stream, group))) ?? -1);
  }
}

function parseMember(member: string): { readonly sortKey: string; readonly key: string } {
  const end = member.indexOf(SEPARATOR);
  return { sortKey: member.slice(0, end), key: member.slice(end + 1) };
}
