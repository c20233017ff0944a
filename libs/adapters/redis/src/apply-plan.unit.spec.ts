import type { ProjectedEvents, ReadModelWrite } from '@tollgate/ports';
import { planApply, type ApplyPlan } from './apply-plan';
import { Keyspace } from './keyspace';

function plan(entries: readonly ProjectedEvents[], isCluster: boolean): ApplyPlan {
  const keyspace = new Keyspace('v1-test');
  return planApply(entries, { keyspace, isCluster, announce: () => false, refusesOverlap: false });
}

function entry(group: string, writes: readonly ReadModelWrite[] = []): ProjectedEvents {
  return { stream: group, group, firstRevision: 0, lastRevision: 0, position: 0, writes };
}

function put(key: string): ReadModelWrite {
  return { kind: 'put', key, row: {} };
}

describe('the calls that apply entries', () => {
  const list: ReadModelWrite = { kind: 'list', index: 'teams', sortKey: 'a', key: '{team-1}/t' };
  const own: ReadModelWrite = { kind: 'list', index: '{team-1}/x', sortKey: 'a', key: 'other' };

  it('given writes to what is not of the group, then each is a call of its own, before', () => {
    const foreign = [put('secret/1'), put('{team-2}/row'), put('{team-10}/row'), list];
    const { ungrouped, lanes } = plan(
      [entry('team-1', [...foreign, put('{team-1}/row'), own])],
      true,
    );

    expect(ungrouped).toHaveLength(foreign.length);
    expect(lanes.map((calls) => calls.length)).toEqual([1]);
  });

  it.each<ReadModelWrite>([
    { kind: 'remove', key: 'secret/1' },
    { kind: 'remove', key: '{team-2}/row' },
    { kind: 'relist', key: '{team-2}/row', part: 'p', places: [] },
    { kind: 'relist', key: '{team-1}/row', part: 'p', places: [{ index: 'teams', sortKey: 'a' }] },
  ])('given %j, which could not be done at once, then refused', (write) => {
    expect(() => plan([entry('team-1', [write])], true)).toThrow(RangeError);
  });

  it('given rows of the group that go or move, then they are in its call', () => {
    const places = [{ index: '{team-1}/i', sortKey: 'a' }];
    const writes: ReadModelWrite[] = [
      { kind: 'remove', key: '{team-1}/row' },
      { kind: 'relist', key: '{team-1}/row', part: 'p', places },
    ];
    const { ungrouped, lanes } = plan([entry('team-1', writes)], true);

    expect([ungrouped.length, lanes.length]).toEqual([0, 1]);
  });

  it('given groups on one Redis, then they share a call', () => {
    const { lanes } = plan([entry('team-1'), entry('team-2'), entry('team-1')], false);

    expect(lanes.map((calls) => calls.length)).toEqual([1]);
  });

  it('given groups in a Cluster, then each has calls of its own', () => {
    const { lanes } = plan([entry('team-1'), entry('team-2'), entry('team-1')], true);

    expect(lanes.map((calls) => calls.length)).toEqual([1, 1]);
  });

  it('given very many writes, then calls that follow each other', () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => put(`{team-1}/row-${n}`));
    const { lanes } = plan(
      Array.from({ length: 5 }, () => entry('team-1', rows)),
      true,
    );

    expect(lanes).toHaveLength(1);
    expect(lanes[0]!.length).toBeGreaterThan(1);
    expect(lanes[0]!.length).toBeLessThan(5);
  });
});
