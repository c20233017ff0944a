import type { EventToAppend } from '@tollgate/ports';
import { eventUuids } from './event-uuids';

const VERSION_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function events(count: number, change: Partial<EventToAppend> = {}): EventToAppend[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `01CMD/${index}`,
    type: 'T',
    data: '{}',
    metadata: '{"at":1}',
    ...change,
  }));
}

describe('the UUIDs of an append', () => {
  it('given many appends, then each event has its own, of version 8', () => {
    const uuids = [0, 1, 2].flatMap((revision) => eventUuids('team-1', revision, events(400)));

    expect(new Set(uuids).size).toBe(1_200);
    expect(uuids.filter((uuid) => !VERSION_8.test(uuid))).toEqual([]);
  });

  it('given the same append, then they are the same, whoever sends it', () => {
    expect(eventUuids('team-1', 4, events(2))).toEqual(eventUuids('team-1', 4, events(2)));
  });

  it.each<[string, string[]]>([
    ['stream', eventUuids('team-2', 4, events(2))],
    ['place', eventUuids('team-1', 5, events(2))],
    ['grouping', eventUuids('team-1', 4, events(3))],
    ['data', eventUuids('team-1', 4, events(2, { data: '{"a":1}' }))],
    ['metadata', eventUuids('team-1', 4, events(2, { metadata: '{"at":2}' }))],
  ])('given another %s, then all of them are others', (_, others) => {
    const known = new Set(eventUuids('team-1', 4, events(2)));

    expect(others.filter((uuid) => known.has(uuid))).toEqual([]);
  });
});
