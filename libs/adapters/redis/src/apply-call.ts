import { RevisionGap, type ProjectedEvents, type ReadModelWrite } from '@tollgate/ports';
import { applyScript } from './apply-script';
import type { Keyspace } from './keyspace';
import type { RedisClient } from './redis-connection';
import { encodeFields, encodeRow } from './row-codec';

export const ACCESS_CHANNEL = 'tollgate:access';

export interface ApplyRules {
  readonly keyspace: Keyspace;
  /** Whether groups are kept on different nodes. */
  readonly isCluster: boolean;
  /** True for rows whose change is published on `tollgate:access`. */
  readonly announce: (rowKey: string) => boolean;
  /** Whether an entry that begins before what is shown ends, and ends after it, is a gap. */
  readonly refusesOverlap: boolean;
}

/** Writes of one slot, as the keys and arguments of {@link applyScript}. */
export class ApplyCall {
  private readonly keys: string[] = [];
  private readonly args: string[];

  constructor(
    private readonly rules: ApplyRules,
    isGuarded: boolean,
  ) {
    const flags = [rules.refusesOverlap, isGuarded].map((flag) => (flag ? '1' : '0'));
    this.args = [rules.keyspace.shownChannel, ACCESS_CHANNEL, ...flags];
  }

  /** How many keys and arguments the call has by now. */
  get size(): number {
    return this.keys.length + this.args.length;
  }

  addEntry(entry: ProjectedEvents, writes: readonly ReadModelWrite[]): void {
    const { stream, group, firstRevision, lastRevision } = entry;
    this.args.push(stream, String(firstRevision), String(lastRevision));
    const ends = this.args.push('', '') - 2;
    this.keys.push(this.rules.keyspace.revision(stream, group));
    for (const write of writes) this.add(write);
    this.args[ends] = String(this.keys.length + 1);
    this.args[ends + 1] = String(this.args.length + 1);
  }

  add(write: ReadModelWrite): void {
    const { keyspace } = this.rules;
    switch (write.kind) {
      case 'put':
        this.keys.push(keyspace.row(write.key));
        this.args.push('put', encodeRow(write.row));
        return this.announce(write.key);
      case 'merge': {
        const fields = encodeFields(write.fields);
        this.keys.push(keyspace.row(write.key));
        this.args.push('merge', String(fields.length), ...fields);
        return this.announce(write.key);
      }
      case 'remove':
        this.keys.push(keyspace.row(write.key), keyspace.parts(write.key));
        this.args.push('remove', write.key);
        return this.announce(write.key);
      case 'list':
        this.keys.push(keyspace.index(write.index));
        this.args.push('list', write.sortKey, write.key);
        return;
      case 'relist':
        return this.relist(write);
    }
  }

  private announce(rowKey: string): void {
    if (this.rules.announce(rowKey)) this.args.push('announce', rowKey);
  }

  private relist({ key, part, places }: Extract<ReadModelWrite, { kind: 'relist' }>): void {
    const { keyspace } = this.rules;
    this.keys.push(keyspace.parts(key));
    this.args.push('relist', key, part, String(places.length));
    for (const { index, sortKey } of places) {
      this.keys.push(keyspace.index(index));
      this.args.push(sortKey);
    }
  }

  /** Answers the gap when events are missing before an entry; those before it are applied. */
  async run(client: RedisClient): Promise<RevisionGap | undefined> {
    const gap = (await applyScript.run(client, this.keys, this.args)) as string[] | null;
    return gap === null ? undefined : new RevisionGap(gap[0]!, Number(gap[1]), Number(gap[2]));
  }
}
