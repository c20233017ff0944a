import { isTeamStream } from '@tollgate/contracts';
import type { ReadModelReader } from '@tollgate/ports';
import type { FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';

const STREAMS_MAX = 200_000;
const WAIT_MS = 1_000;
/** More teams than a projection can be behind with. */
const RECENT_TEAMS = 1_000;

/**
 * Read your writes: remembers the revision that the last answer about each stream carried, and
 * holds later reads back until the read models show it. A read that can't wait longer says what it
 * shows.
 */
export class FreshReads {
  private readonly revisions = new LRUCache<string, number>({ max: STREAMS_MAX });

  constructor(readonly readModels: ReadModelReader) {}

  answered(stream: string, revision: number): void {
    if (revision > this.revisionAnswered(stream)) this.revisions.set(stream, revision);
  }

  /** -1 when nothing was answered about the stream, or long ago. */
  revisionAnswered(stream: string): number {
    return this.revisions.get(stream) ?? -1;
  }

  async wait(stream: string, reply?: FastifyReply): Promise<void> {
    const revision = this.revisions.get(stream);
    if (revision === undefined) return;
    if (await this.readModels.waitFor(stream, revision, WAIT_MS)) return;
    reply?.header('x-tollgate-revision', await this.readModels.revisionOf(stream));
  }

  /** For a list over all teams: waits for those that were answered last. */
  async waitForTeams(): Promise<void> {
    const waits: Promise<boolean>[] = [];
    for (const [stream, revision] of this.revisions.entries()) {
      if (waits.length === RECENT_TEAMS) break;
      if (isTeamStream(stream)) waits.push(this.readModels.waitFor(stream, revision, WAIT_MS));
    }
    await Promise.all(waits);
  }
}
