import { isCommandId } from '@tollgate/domain';
import { ManualClock } from './manual-clock';
import { SequentialIds } from './sequential-ids';

describe('sequential ids', () => {
  it('given many ids, then each is a command id of its own and they sort as they came', () => {
    const ids = new SequentialIds();
    const made = Array.from({ length: 2_000 }, () => ids.next());

    expect(made.every(isCommandId)).toBe(true);
    expect(new Set(made).size).toBe(2_000);
    expect([...made].sort()).toEqual(made);
  });
});

describe('manual clock', () => {
  it('given a clock, when time is not moved, then it stands still', () => {
    const clock = new ManualClock(1_000);
    expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);

    clock.advance(500);
    expect(clock.now()).toBe(1_500);
    clock.set(10);
    expect(clock.now()).toBe(10);
  });
});
