import { LRUCache } from 'lru-cache';
import { bytesOf, type LoadedTeam } from './loaded-team';

/** States of idle teams, the least recently used ones leaving first. */
export class TeamCache {
  private readonly teams: LRUCache<string, LoadedTeam>;

  constructor(bytesMax: number, onEvict: (teamId: string, team: LoadedTeam) => void) {
    this.teams = new LRUCache({
      maxSize: bytesMax,
      // A team larger than the cache is kept as its only entry.
      sizeCalculation: (team) => Math.min(bytesOf(team), bytesMax),
      dispose: (team, teamId, reason) => {
        if (reason === 'evict') onEvict(teamId, team);
      },
    });
  }

  /** Takes a team out: whoever works on it owns it. */
  take(teamId: string): LoadedTeam | undefined {
    const team = this.teams.get(teamId);
    if (team !== undefined) this.teams.delete(teamId);
    return team;
  }

  put(teamId: string, team: LoadedTeam): void {
    this.teams.set(teamId, team);
  }

  all(): [string, LoadedTeam][] {
    return [...this.teams.entries()];
  }
}
