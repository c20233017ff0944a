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
    const { keyspace, announce } = this.rules;
    if (write.kind === 'list') {
      this.keys.push(keyspace.index(write.index));
      this.args.push('list', write.sortKey, write.key);
      return;
    }
    this.keys.push(keyspace.row(write.key));
    if (write.kind === 'put') {
      this.args.push('put', encodeRow(write.row));
    } else {
      const fields = encodeFields(write.fields);
      this.args.push('merge', String(fields.length), ...fields);
    }
    if (announce(write.key)) this.args.push('announce', write.key);
  }

  /** Answers the gap when events are missing before an entry; those before it are applied. */
  async run(client: RedisClient): Promise<RevisionGap | undefined> {
    const gap = (await applyScript.run(client, this.keys, this.args)) as string[] | null;
    return gap === null ? undefined : new RevisionGap(gap[0]!, Number(gap[1]), Number(gap[2]));
  }
}
