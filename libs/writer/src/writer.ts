import type { CommandMemory, TeamKind } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import { LRUCache } from 'lru-cache';
import type { Aggregate, WritableKind } from './aggregate';
import { assertCommand } from './assert-command';
import type { WriterDependencies } from './dependencies';
import { Lane } from './lane';
import type { Loaded } from './loaded';
import { defaultWriterOptions, type WriterOptions } from './options';
import { encodeSnapshot } from './snapshot-codec';
import { StateCache } from './state-cache';
import { StreamWriter } from './stream-writer';
import type { UnansweredAppends } from './unanswered-appends';

/** Events since the last snapshot below which an idle state is not worth another one. */
const SNAPSHOT_WORTH = 200;

/** Far more streams than have an append under way when a log goes away. */
const STREAMS_IN_DOUBT_MAX = 10_000;

/**
 * The single writer of one kind of aggregate: takes commands for many of them, decides those of
 * each in order and alone, and answers when the events are on stable storage.
 */
export class Writer<Kind extends WritableKind = TeamKind> {
  private readonly lanes = new Map<string, Lane<Kind>>();
  private readonly idle: StateCache<Kind['state']>;
  private readonly options: WriterOptions;
  private readonly saving = new Map<string, Promise<void>>();
  private readonly inDoubt = new LRUCache<string, UnansweredAppends>({
    max: STREAMS_IN_DOUBT_MAX,
  });

  constructor(
    private readonly aggregate: Aggregate<Kind>,
    private readonly deps: WriterDependencies,
    options: Partial<WriterOptions> = {},
  ) {
    this.options = { ...defaultWriterOptions, ...options };
    this.idle = new StateCache({
      bytesMax: this.options.cacheBytesMax,
      bytesOf: (state) => aggregate.bytesOf(state),
      onEvict: (id, loaded) => {
        if (isWorthSaving(loaded, SNAPSHOT_WORTH)) this.save(id, loaded);
      },
    });
  }

  /**
   * Decides commands of one aggregate, in order, and answers each.
   * @throws CommandLogFull too many commands wait for it; none of these was taken.
   * @throws RangeError for a command that no event could be stored of; none was taken.
   */
  async submit(
    id: string,
    commands: readonly Kind['command'][],
  ): Promise<readonly Outcome<Kind>[]> {
    for (const command of commands) this.assertOurs(command, id);
    let lane = this.lanes.get(id);
    if (lane === undefined) {
      lane = this.openLane(id);
      this.lanes.set(id, lane);
    }
    return lane.submit(commands);
  }

  /** Waits for what was submitted, then saves what would take long to fold again. */
  async close(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((lane) => lane.drained()));
    await Promise.all(this.saving.values());
    for (const [id, loaded] of this.idle.all()) {
      if (isWorthSaving(loaded, SNAPSHOT_WORTH)) this.save(id, loaded);
    }
    await Promise.all(this.saving.values());
  }

  private assertOurs(command: Kind['command'], id: string): void {
    assertCommand(command);
    const wanted = this.aggregate.idOf(command);
    if (wanted !== id) throw new RangeError(`command ${command.id} is of ${wanted}, not of ${id}`);
  }

  private openLane(id: string): Lane<Kind> {
    const { aggregate, deps, idle } = this;
    const { attemptsMax } = this.options;
    const writer = new StreamWriter(id, aggregate, deps, attemptsMax);
    writer.loaded = idle.take(id);
    writer.unanswered = this.inDoubt.get(id) ?? writer.unanswered;
    return new Lane(
      async (commands) => {
        const outcomes = await writer.process(commands);
        this.saveWhenDue(id, writer.loaded);
        return outcomes;
      },
      this.options,
      () => {
        this.lanes.delete(id);
        if (writer.loaded !== undefined) idle.put(id, writer.loaded);
        if (writer.unanswered.isEmpty) this.inDoubt.delete(id);
        else this.inDoubt.set(id, writer.unanswered);
      },
    );
  }

  private saveWhenDue(id: string, loaded: Loaded<Kind['state']> | undefined): void {
    if (loaded !== undefined && isWorthSaving(loaded, this.options.snapshotEvery)) {
      this.save(id, loaded);
    }
  }

  /** In the background, one at a time: a snapshot is a cache, and losing one costs time only. */
  private save(id: string, loaded: Loaded<Kind['state']>): void {
    if (this.saving.has(id)) return;
    const stream = this.aggregate.stream(id);
    const saved = this.capture(id, loaded)
      .catch((fault: unknown) => this.deps.log.warn('snapshot not saved', { stream, fault }))
      .finally(() => this.saving.delete(id));
    this.saving.set(id, saved);
  }

  /** Up to its first wait this runs at once, on the state as it is. */
  private async capture(id: string, loaded: Loaded<Kind['state']>): Promise<void> {
    const { aggregate, deps } = this;
    loaded.snapshotRevision = loaded.state.revision;
    const snapshot = encodeSnapshot(id, loaded, aggregate.snapshot, deps.digest);
    await deps.snapshots.save(aggregate.stream(id), snapshot);
  }
}

function isWorthSaving(
  { state, snapshotRevision }: Loaded<CommandMemory>,
  events: number,
): boolean {
  return state.revision - snapshotRevision >= events;
}
