import {
  ReadModelsUnavailable,
  type Page,
  type PageRequest,
  type ReadModelReader,
  type Row,
  type Served,
  type SortKeys,
} from '@tollgate/ports';
import { Keyspace } from './keyspace';
import { readPage, readSortKeys, ReadModelQueries } from './read-model-queries';
import type { RedisConnection } from './redis-connection';
import { orFault } from './redis-unavailable';
import { RevisionWaits } from './revision-waits';
import { readServed } from './serving-namespace';

export interface RedisReadModelReaderOptions {
  readonly redis: RedisConnection;
  /** Version of the read models that this reader understands. */
  readonly version: number;
}

/** More switches than this within one call, and something is wrong. */
const SWITCHES_MAX = 3;

/**
 * The read models that are served. Every call also asks which these are, in the same turn and
 * after the data: it follows a switch at once, and a Redis that lost everything is unavailable
 * rather than one that knows nobody.
 */
export class RedisReadModelReader implements ReadModelReader {
  private readonly redis: RedisConnection;
  private readonly version: number;
  private readonly waits: RevisionWaits;
  private queries: ReadModelQueries | undefined;

  constructor({ redis, version }: RedisReadModelReaderOptions) {
    this.redis = redis;
    this.version = version;
    this.waits = new RevisionWaits(redis.subscriber, (stream) => this.revisionOf(stream));
  }

  get(key: string): Promise<Row | undefined> {
    return this.ask((queries) => queries.get(key));
  }

  list(index: string, request: PageRequest): Promise<Page> {
    return readPage((query) => this.ask(query), index, request);
  }

  sortKeys(index: string, request: PageRequest): Promise<SortKeys> {
    return readSortKeys((query) => this.ask(query), index, request);
  }

  revisionOf(stream: string, group: string = stream): Promise<number> {
    return this.ask((queries) => queries.revisionOf(stream, group));
  }

  /** Of streams that are a group themselves. */
  waitFor(stream: string, revision: number, timeoutMs: number): Promise<boolean> {
    return this.waits.wait(stream, revision, timeoutMs);
  }

  /** Lets those go who wait. */
  close(): void {
    this.waits.close();
  }

  private async ask<Answer>(
    query: (queries: ReadModelQueries) => Promise<Answer>,
  ): Promise<Answer> {
    for (let switches = 0; switches <= SWITCHES_MAX; switches += 1) {
      const { queries } = this;
      const [answer, served] = await orFault(
        this.redis.send((client) =>
          Promise.all([queries === undefined ? undefined : query(queries), readServed(client)]),
        ),
      );
      const current = this.follow(served);
      if (current === queries) return answer as Answer;
    }
    throw new ReadModelsUnavailable('which read models are served changes all the time');
  }

  /** @throws ReadModelsUnavailable when those are not served that this reader understands. */
  private follow(served: Served | undefined): ReadModelQueries {
    if (served?.version !== this.version) {
      const found = served === undefined ? 'none are' : `version ${served.version} is`;
      throw new ReadModelsUnavailable(`read models of version ${this.version}: ${found} served`);
    }
    if (this.queries?.keyspace.namespace !== served.namespace) {
      const keyspace = new Keyspace(served.namespace);
      this.queries = new ReadModelQueries(this.redis.client, keyspace);
      this.waits.follow(keyspace.shownChannel);
    }
    return this.queries;
  }
}
