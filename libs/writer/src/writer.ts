import { teamStream } from '@tollgate/contracts';
import type { TeamCommand } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import { LRUCache } from 'lru-cache';
import { assertCommand } from './assert-command';
import type { WriterDependencies } from './dependencies';
import { Lane } from './lane';
import type { LoadedTeam } from './loaded-team';
import { defaultWriterOptions, type WriterOptions } from './options';
import { encodeSnapshot } from './snapshot-codec';
import { TeamCache } from './team-cache';
import { TeamWriter } from './team-writer';
import type { UnansweredAppends } from './unanswered-appends';

/** Events since the last snapshot below which an idle team is not worth another one. */
const SNAPSHOT_WORTH = 200;

/** Far more teams than have an append under way when a log goes away. */
const TEAMS_IN_DOUBT_MAX = 10_000;

/**
 * The single writer: takes commands of many teams, decides each team's in order and each team's
 * alone, and answers when the events are on stable storage.
 */
export class Writer {
  private readonly lanes = new Map<string, Lane>();
  private readonly idle: TeamCache;
  private readonly options: WriterOptions;
  private readonly saving = new Map<string, Promise<void>>();
  private readonly inDoubt = new LRUCache<string, UnansweredAppends>({ max: TEAMS_IN_DOUBT_MAX });

  constructor(
    private readonly deps: WriterDependencies,
    options: Partial<WriterOptions> = {},
  ) {
    this.options = { ...defaultWriterOptions, ...options };
    this.idle = new TeamCache(this.options.cacheBytesMax, (teamId, team) => {
      if (isWorthSaving(team, SNAPSHOT_WORTH)) this.save(teamId, team);
    });
  }

  /**
   * Decides commands of one team, in order, and answers each.
   * @throws CommandLogFull too many commands wait for this team; none of these was taken.
   * @throws RangeError for a command that no event could be stored of; none was taken.
   */
  async submit(teamId: string, commands: readonly TeamCommand[]): Promise<readonly Outcome[]> {
    for (const command of commands) assertCommand(command, teamId);
    let lane = this.lanes.get(teamId);
    if (lane === undefined) {
      lane = this.openLane(teamId);
      this.lanes.set(teamId, lane);
    }
    return lane.submit(commands);
  }

  /** Waits for what was submitted, then saves what would take long to fold again. */
  async close(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((lane) => lane.drained()));
    await Promise.all(this.saving.values());
    for (const [teamId, team] of this.idle.all()) {
      if (isWorthSaving(team, SNAPSHOT_WORTH)) this.save(teamId, team);
    }
    await Promise.all(this.saving.values());
  }

  private openLane(teamId: string): Lane {
    const { attemptsMax } = this.options;
    const writer = new TeamWriter(teamId, this.deps, attemptsMax, this.idle.take(teamId));
    writer.unanswered = this.inDoubt.get(teamId) ?? writer.unanswered;
    return new Lane(
      async (commands) => {
        const outcomes = await writer.process(commands);
        this.saveWhenDue(teamId, writer.loaded);
        return outcomes;
      },
      this.options,
      () => {
        this.lanes.delete(teamId);
        if (writer.loaded !== undefined) this.idle.put(teamId, writer.loaded);
        if (writer.unanswered.isEmpty) this.inDoubt.delete(teamId);
        else this.inDoubt.set(teamId, writer.unanswered);
      },
    );
  }

  private saveWhenDue(teamId: string, team: LoadedTeam | undefined): void {
    if (team !== undefined && isWorthSaving(team, this.options.snapshotEvery)) {
      this.save(teamId, team);
    }
  }

  /** In the background, one at a time: a snapshot is a cache, and losing one costs time only. */
  private save(teamId: string, team: LoadedTeam): void {
    if (this.saving.has(teamId)) return;
    const saved = this.capture(teamId, team)
      .catch((fault: unknown) => this.deps.log.warn('snapshot not saved', { teamId, fault }))
      .finally(() => this.saving.delete(teamId));
    this.saving.set(teamId, saved);
  }

  /** Up to its first wait this runs at once, on the team as it is. */
  private async capture(teamId: string, team: LoadedTeam): Promise<void> {
    team.snapshotRevision = team.state.revision;
    await this.deps.snapshots.save(teamStream(teamId), encodeSnapshot(team, this.deps.digest));
  }
}

function isWorthSaving(team: LoadedTeam, events: number): boolean {
  return team.state.revision - team.snapshotRevision >= events;
}
