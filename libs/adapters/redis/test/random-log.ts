import type { Place, ProjectedEvents, ReadModelWrite, Row } from '@tollgate/ports';

export const TEAMS = ['team-a', 'team-b', 'team-c'];
export const INDEXES = ['index', 'other-index'];
export const ROWS = ['row-0', 'row-1', 'row-2', 'row-3'];

const VALUES = [null, [], {}, '', 0, -1, 1e15, Number.MAX_SAFE_INTEGER, [null, {}], { a: [] }, 'é'];

/** So many events of a few teams, at positions 1, 2 ...; the same seed gives the same log. */
export function randomLog(seed: number, events: number): ProjectedEvents[] {
  const random = randomFrom(seed);
  const revisions = new Map<string, number>();
  return Array.from({ length: events }, (_, index) => {
    const group = TEAMS[random(TEAMS.length)]!;
    // Each team has a second stream, which writes to the same rows.
    const stream = random(3) === 0 ? `message-${group}` : group;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const writes = Array.from({ length: random(4) }, () => randomWrite(random, group));
    return {
      stream,
      group,
      firstRevision: revision,
      lastRevision: revision,
      position: index + 1,
      writes: [...writes, listTeam(group)],
    };
  });
}

type Random = (below: number) => number;

function randomWrite(random: Random, group: string): ReadModelWrite {
  const key = `{${group}}/${ROWS[random(ROWS.length)]!}`;
  switch (random(6)) {
    case 0:
      return { kind: 'put', key, row: randomFields(random) };
    case 1:
      return { kind: 'merge', key, fields: { ...randomFields(random), always: random(100) } };
    case 2:
      return { kind: 'remove', key };
    case 3:
    case 4:
      return {
        kind: 'relist',
        key,
        part: `part-${random(2)}`,
        places: randomPlaces(random, group),
      };
    default:
      return { kind: 'list', ...randomPlace(random, group), key };
  }
}

function randomPlaces(random: Random, group: string): Place[] {
  return Array.from({ length: random(4) }, () => randomPlace(random, group));
}

function randomPlace(random: Random, group: string): Place {
  const index = INDEXES[random(INDEXES.length)]!;
  return { index: `{${group}}/${index}`, sortKey: `sort-${random(9)}` };
}

/** Written outside of the group, so it may be written any number of times. */
function listTeam(group: string): ReadModelWrite {
  return { kind: 'list', index: 'teams', sortKey: group, key: `{${group}}/row-0` };
}

function randomFields(random: Random): Row {
  const names = ['x', 'y', 'z'].slice(random(4));
  return Object.fromEntries(names.map((name) => [name, VALUES[random(VALUES.length)]]));
}

/** A small generator of numbers (mulberry32): good enough to mix things up. */
function randomFrom(seed: number): Random {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
