import fc from 'fast-check';
import { Progress } from './progress';

describe('progress', () => {
  it('stands where the log was read from', () => {
    expect(new Progress(41).checkpoint).toBe(41);
  });

  it('moves over events that need nothing done', () => {
    const progress = new Progress(0);
    progress.pass(7);
    expect(progress.checkpoint).toBe(7);
  });

  it('stays below the oldest that is under way', () => {
    const progress = new Progress(0);
    [3, 5, 9].forEach((position) => progress.begin(position));
    expect(progress.checkpoint).toBe(2);
    progress.finish(5);
    expect(progress.checkpoint).toBe(2);
    progress.finish(3);
    expect(progress.checkpoint).toBe(8);
    progress.finish(9);
    expect(progress.checkpoint).toBe(9);
    expect(progress.seen).toBe(9);
  });

  it('never passes an unfinished position and never goes back', () => {
    const step = fc.record({ gap: fc.integer({ min: 1, max: 5 }), finish: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const progress = new Progress(0);
        const unfinished: number[] = [];
        let position = 0;
        let before = 0;
        for (const { gap, finish } of steps) {
          position += gap;
          progress.begin(position);
          unfinished.push(position);
          for (const done of unfinished.splice(finish, 1)) progress.finish(done);
          const { checkpoint } = progress;
          expect(checkpoint).toBeGreaterThanOrEqual(before);
          expect(checkpoint).toBe(unfinished.length === 0 ? position : unfinished[0]! - 1);
          before = checkpoint;
        }
      }),
    );
  });
});
