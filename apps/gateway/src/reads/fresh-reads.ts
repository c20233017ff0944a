import { teamStream } from '@tollgate/contracts';
import type { ReadModelReader } from '@tollgate/ports';
import type { FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';

const TEAMS_MAX = 100_000;
const WAIT_MS = 1_000;
/** More teams than a projection can be behind with. */
const RECENT_TEAMS = 1_000;

/**
 * Read your writes: remembers the revision that each team's last answer carried, and holds later
 * reads back until the read models show it. A read that can't wait longer says what it shows.
 */
export class FreshReads {
  private readonly revisions = new LRUCache<string, number>({ max: TEAMS_MAX });

  constructor(readonly readModels: ReadModelReader) {}

  answered(teamId: string, revision: number): void {
    if (revision > (this.revisions.get(teamId) ?? -1)) this.revisions.set(teamId, revision);
  }

  async wait(teamId: string, reply?: FastifyReply): Promise<void> {
    const revision = this.revisions.get(teamId);
    if (revision === undefined) return;
    const stream = teamStream(teamId);
    if (await this.readModels.waitFor(stream, revision, WAIT_MS)) return;
    reply?.header('x-tollgate-revision', await this.readModels.revisionOf(stream));
  }

  /** For a list over all teams: waits for those that were answered last. */
  async waitForTeams(): Promise<void> {
    const waits: Promise<boolean>[] = [];
    for (const [teamId, revision] of this.revisions.entries()) {
      if (waits.length === RECENT_TEAMS) break;
      waits.push(this.readModels.waitFor(teamStream(teamId), revision, WAIT_MS));
    }
    await Promise.all(waits);
  }
}
