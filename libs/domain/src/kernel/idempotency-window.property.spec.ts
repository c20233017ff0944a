import { commandIdAt } from '@tollgate/testing';
import fc from 'fast-check';
import { IdempotencyWindow, type RememberedCommand } from './idempotency-window';

/*
 * Goal: the tables answer as a plain map would. Method: random ids, waits and revisions against a
 * map, under the shortest window that has segments.
 */

const WINDOW_MS = 800;
const SEGMENT_MS = WINDOW_MS / 8;

const step = fc.record({
  kind: fc.constantFrom('remember', 'find'),
  id: fc.nat({ max: 60 }),
  waitMs: fc.oneof(
    fc.nat({ max: 20 }),
    fc.constantFrom(0, 1, SEGMENT_MS, SEGMENT_MS + 1, WINDOW_MS),
  ),
  revisionsOn: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(2 ** 31, 2 ** 32)),
  bodyHash: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

interface Entry extends RememberedCommand {
  readonly at: number;
}

describe('the idempotency window', () => {
  it('answers as a map does, within the window and a segment', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const window = new IdempotencyWindow([], WINDOW_MS);
        const model = new Map<string, Entry>();
        let now = 1_000;
        let revision = 0;
        for (const { kind, id: place, waitMs, revisionsOn, bodyHash } of steps) {
          now += waitMs;
          const id = commandIdAt(place);
          expectSame(window.find(id, now), model.get(id), now);
          if (kind === 'find') continue;
          revision += revisionsOn;
          window.remember(id, { revision, bodyHash }, now);
          model.set(id, { revision, bodyHash, at: now });
          expectSame(window.find(id, now), model.get(id), now);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same answers from a snapshot, however it is carried on', () => {
    const ids = fc.array(fc.nat({ max: 400 }), { maxLength: 300, size: 'max' });
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const live = new IdempotencyWindow();
        before.forEach((id, place) => remember(live, id, place));
        const stored = live.snapshot().map(({ baseRevision, firstAt, lastAt, count, table }) => {
          return { baseRevision, firstAt, lastAt, count, table: table.slice() };
        });
        const copy = IdempotencyWindow.restore(stored);
        after.forEach((id, place) => {
          for (const window of [live, copy]) remember(window, id, before.length + place);
        });
        for (let id = 0; id <= 400; id += 1) {
          expect(copy.find(commandIdAt(id), 0)).toEqual(live.find(commandIdAt(id), 0));
        }
        expect(copy.snapshot()).toEqual(live.snapshot());
      }),
      { numRuns: 50 },
    );
  });
});

function remember(window: IdempotencyWindow, id: number, place: number): void {
  window.remember(commandIdAt(id), { revision: place, bodyHash: id }, place);
}

function expectSame(
  found: RememberedCommand | undefined,
  entry: Entry | undefined,
  now: number,
): void {
  const age = entry === undefined ? Infinity : now - entry.at;
  const { revision, bodyHash } = entry ?? {};
  if (age <= WINDOW_MS) expect(found).toEqual({ revision, bodyHash });
  else if (age > WINDOW_MS + SEGMENT_MS) expect(found).toBeUndefined();
  else if (found !== undefined) expect(found).toEqual({ revision, bodyHash });
}
