import type { RecordedEvent } from '@tollgate/ports';
import type { PlacedAppend } from './append-store';
import { RecentAppends } from './recent-appends';

function placed(position: number, count: number): PlacedAppend {
  const events = Array.from({ length: count }, (_, index) => ({
    id: `e${position + index}`,
    type: 'T',
    data: '{}',
    metadata: '{}',
    decoded: { at: position + index },
  }));
  return { stream: 'team-1', firstRevision: position - 1, position, events };
}

const positions = (events: readonly RecordedEvent[] | undefined): readonly number[] | undefined =>
  events?.map(({ position }) => position);

describe('recent appends', () => {
  let recent: RecentAppends;

  beforeEach(() => {
    recent = new RecentAppends();
    recent.add(placed(11, 3));
    recent.add(placed(14, 1));
    recent.add(placed(15, 2));
  });

  it.each([
    [10, [11, 12, 13, 14, 15, 16]],
    [12, [13, 14, 15, 16]],
    [13, [14, 15, 16]],
    [15, [16]],
    [9, undefined],
    [16, undefined],
  ])('given position %i, then the events after it, or undefined', (position, expected) => {
    expect(positions(recent.after(position))).toEqual(expected);
  });

  it('given an event, then it has its place, and what it was decoded from', () => {
    const append = placed(17, 1);
    recent.add(append);
    const [event] = recent.after(16)!;

    expect(event).toMatchObject({ stream: 'team-1', revision: 16, position: 17, id: 'e17' });
    expect(event!.decoded).toBe(append.events[0]!.decoded);
  });

  it('given more events than it keeps, then the oldest are forgotten and batches bounded', () => {
    for (let n = 0; n < 50; n += 1) recent.add(placed(17 + 1_000 * n, 1_000));

    expect(recent.after(16)).toBeUndefined();
    expect(recent.after(17 + 45_000 - 1)!.length).toBeLessThanOrEqual(4_096);
    expect(recent.after(17 + 50_000 - 2)).toHaveLength(1);
  });
});
