import type {
  Page,
  PageRequest,
  ProjectedEvents,
  ReadModelReader,
  ReadModelWriter,
  Row,
  SortKeys,
} from '@tollgate/ports';
import type { ApplyCall, ApplyRules } from './apply-call';
import { planApply } from './apply-plan';
import { CheckpointCopies } from './checkpoint-copies';
import { Keyspace } from './keyspace';
import { readPage, readSortKeys, ReadModelQueries } from './read-model-queries';
import type { RedisConnection } from './redis-connection';
import { orFault } from './redis-unavailable';
import { RevisionWaits } from './revision-waits';

export interface RedisReadModelsOptions {
  readonly redis: RedisConnection;
  /** One set of read models: letters, digits and `._:-`. */
  readonly namespace: string;
  /** Rows whose change is pushed to those who cache them, see `AccessChanges`. @default none */
  readonly announce?: (rowKey: string) => boolean;
  /**
   * What becomes of an entry that begins before what is shown ends, and ends after it. `gap` makes
   * its stream be read again from there, so that two projections at a time can't do harm: a row
   * that two streams write might go back to what the one knew before the other. @default 'apply'
   */
  readonly overlap?: 'apply' | 'gap';
}

/** One set of read models in Redis. */
export class RedisReadModels implements ReadModelReader, ReadModelWriter {
  readonly namespace: string;
  private readonly redis: RedisConnection;
  private readonly rules: ApplyRules;
  private readonly queries: ReadModelQueries;
  private readonly copies: CheckpointCopies;
  private readonly waits: RevisionWaits;
  private applying: Promise<unknown> = Promise.resolve();

  constructor({ redis, namespace, announce, overlap }: RedisReadModelsOptions) {
    const keyspace = new Keyspace(namespace);
    this.namespace = namespace;
    this.redis = redis;
    this.rules = {
      keyspace,
      isCluster: redis.isCluster,
      announce: announce ?? (() => false),
      refusesOverlap: overlap === 'gap',
    };
    this.queries = new ReadModelQueries(redis.client, keyspace);
    this.copies = new CheckpointCopies(redis, keyspace);
    this.waits = new RevisionWaits(redis.subscriber, (stream) =>
      this.ask((queries) => queries.revisionOf(stream, stream)),
    );
    this.waits.follow(keyspace.shownChannel);
  }

  /**
   * One call after the other, since each builds on the revisions that the one before left. Without
   * entries it only checks that nothing was lost: worth doing now and then while the log is quiet.
   */
  apply(projected: readonly ProjectedEvents[]): Promise<void> {
    const applied = this.applying.then(() => this.applyNow(projected));
    this.applying = applied.catch(() => undefined);
    return orFault(applied);
  }

  checkpoint(): Promise<number> {
    return orFault(this.copies.read());
  }

  get(key: string): Promise<Row | undefined> {
    return orFault(this.ask((queries) => queries.get(key)));
  }

  list(index: string, request: PageRequest): Promise<Page> {
    return orFault(readPage((query) => this.ask(query), index, request));
  }

  sortKeys(index: string, request: PageRequest): Promise<SortKeys> {
    return orFault(readSortKeys((query) => this.ask(query), index, request));
  }

  revisionOf(stream: string, group: string = stream): Promise<number> {
    return orFault(this.ask((queries) => queries.revisionOf(stream, group)));
  }

  /** Of streams that are a group themselves. */
  waitFor(stream: string, revision: number, timeoutMs: number): Promise<boolean> {
    return orFault(this.waits.wait(stream, revision, timeoutMs));
  }

  /** Waits for what is being applied, and lets those go who wait for more. */
  async close(): Promise<void> {
    await this.applying;
    this.waits.close();
  }

  private ask<Answer>(query: (queries: ReadModelQueries) => Promise<Answer>): Promise<Answer> {
    return this.redis.send(() => query(this.queries));
  }

  /** What has no group comes before what has one: an entry that was applied isn't given again. */
  private async applyNow(projected: readonly ProjectedEvents[]): Promise<void> {
    const { ungrouped, lanes } = planApply(projected, this.rules);
    await allDone([this.copies.check(), ...ungrouped.map((call) => this.run([call]))]);
    await allDone(lanes.map((calls) => this.run(calls)));
    await this.copies.advance(Math.max(0, ...projected.map(({ position }) => position)));
  }

  private async run(calls: readonly ApplyCall[]): Promise<void> {
    for (const call of calls) {
      const gap = await this.redis.send((client) => call.run(client));
      if (gap !== undefined) throw gap;
    }
  }
}

/** Waits for all, also when one fails: then throws what the first of them failed with. */
async function allDone(tasks: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(tasks)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}
