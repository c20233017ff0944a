import { commandIdAt } from '@tollgate/testing';
import { IDEMPOTENCY_WINDOW_MS, IdempotencyWindow } from './idempotency-window';

const HOUR = 3_600_000;
const SEGMENT_IDS_MAX = 196_608;
const ID_BITS = (1n << 128n) - 1n;

/** Ids that differ in every digit, as hashed idempotency keys do; the same ones in every run. */
function spreadId(place: number): string {
  let bits = BigInt(place) + 1n;
  for (let round = 0; round < 4; round += 1) bits = (bits * 0x5851_f42d_4c95_7f2dn) & ID_BITS;
  const digits = bits.toString(32).toUpperCase().padStart(26, '0');
  return digits.replace(/[ILOU]/g, (letter) => ({ I: 'W', L: 'X', O: 'Y' })[letter] ?? 'Z');
}

describe('the idempotency window', () => {
  it('finds 220,000 ids and none of 30,000 others, and so does a restored one', () => {
    const window = new IdempotencyWindow();
    const idAt = (place: number): string =>
      place % 2 === 0 ? commandIdAt(place) : spreadId(place);
    for (let place = 0; place < 220_000; place += 1) {
      window.remember(idAt(place), { revision: place * 3, bodyHash: place }, place);
    }
    expect(window.size).toBe(220_000);
    expect(window.snapshot()).toHaveLength(2);
    for (const each of [window, restored(window)]) {
      let wrong = 0;
      for (let place = 0; place < 220_000; place += 1) {
        const found = each.find(idAt(place), 220_000);
        if (found?.revision !== place * 3 || found.bodyHash !== place) wrong += 1;
      }
      for (let place = 220_000; place < 250_000; place += 1) {
        if (each.find(idAt(place), 220_000) !== undefined) wrong += 1;
      }
      expect(wrong).toBe(0);
    }
  });

  it('takes 32 bytes an id in a full segment', () => {
    const window = new IdempotencyWindow();
    for (let place = 0; place < SEGMENT_IDS_MAX; place += 1) {
      window.remember(commandIdAt(place), { revision: place, bodyHash: 0 }, 0);
    }
    expect(window.bytes / window.size).toBe(32);
    window.remember(commandIdAt(SEGMENT_IDS_MAX), { revision: SEGMENT_IDS_MAX, bodyHash: 0 }, 0);
    expect(window.snapshot()).toHaveLength(2);
  });

  it('takes every id of 128 bits, zero too', () => {
    const window = new IdempotencyWindow();
    const ids = ['0'.repeat(26), `7${'Z'.repeat(25)}`, `${'0'.repeat(25)}1`, `4${'0'.repeat(25)}`];
    ids.forEach((id, revision) => window.remember(id, { revision, bodyHash: 0 }, 0));
    ids.forEach((id, revision) => expect(window.find(id, 0)).toEqual({ revision, bodyHash: 0 }));
    expect(window.size).toBe(4);
  });

  it('tells ids apart that differ in one digit, wherever it is', () => {
    const window = new IdempotencyWindow();
    const id = spreadId(1);
    window.remember(id, { revision: 1, bodyHash: 0 }, 0);
    for (let at = 0; at < id.length; at += 1) {
      for (const digit of '0123456') {
        const other = id.slice(0, at) + digit + id.slice(at + 1);
        expect(window.find(other, 0) === undefined).toBe(other !== id);
      }
    }
  });

  it('answers with the latest of several acceptances of one id', () => {
    const window = new IdempotencyWindow();
    const id = commandIdAt(1);
    window.remember(id, { revision: 1, bodyHash: 1 }, 0);
    window.remember(id, { revision: 2, bodyHash: 2 }, 1);
    expect(window.size).toBe(1);
    window.remember(id, { revision: 3, bodyHash: 3 }, 7 * HOUR);
    expect(window.find(id, 7 * HOUR)).toEqual({ revision: 3, bodyHash: 3 });
  });

  it('refuses text that is no command id', () => {
    expect(() => new IdempotencyWindow().find('short', 0)).toThrow('not a command id: short');
  });
});

describe('the window’s expiry', () => {
  const window = new IdempotencyWindow();
  const at = (hours: number): number => hours * HOUR;
  for (let hours = 0; hours <= 50; hours += 1) {
    window.remember(commandIdAt(hours), { revision: hours, bodyHash: 0 }, at(hours));
  }

  it('keeps every id for 48 hours, and none for longer than 54', () => {
    for (let hours = 0; hours <= 50; hours += 1) {
      const isFoundAt = (now: number): boolean =>
        window.find(commandIdAt(hours), now) !== undefined;
      if (hours >= 2) expect(isFoundAt(at(hours) + IDEMPOTENCY_WINDOW_MS)).toBe(true);
      expect(isFoundAt(at(hours) + IDEMPOTENCY_WINDOW_MS + 6 * HOUR + 1)).toBe(false);
    }
  });

  it('drops whole segments, when the next one is opened', () => {
    const segments = window.snapshot().length;
    expect(segments).toBe(8);
    window.remember(commandIdAt(999), { revision: 999, bodyHash: 0 }, at(200));
    expect(window.snapshot()).toHaveLength(1);
    expect(window.size).toBe(1);
  });

  it('can be shorter', () => {
    const brief = new IdempotencyWindow([], 1_000);
    brief.remember(commandIdAt(1), { revision: 1, bodyHash: 0 }, 0);
    expect(brief.find(commandIdAt(1), 1_000)).toBeDefined();
    expect(brief.find(commandIdAt(1), 1_001)).toBeUndefined();
  });
});

describe('revisions', () => {
  it.each([0, 5, 2 ** 32, 2 ** 45])('are kept over the whole span of a segment from %p', (base) => {
    const window = new IdempotencyWindow();
    const offsets = [0, 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1, 2 ** 32, 2 ** 33];
    offsets.forEach((offset, place) => {
      window.remember(commandIdAt(place), { revision: base + offset, bodyHash: 0 }, 0);
    });
    for (const each of [window, restored(window)]) {
      offsets.forEach((offset, place) => {
        expect(each.find(commandIdAt(place), 0)?.revision).toBe(base + offset);
      });
    }
    expect(window.snapshot().map(({ baseRevision }) => baseRevision - base)).toEqual([
      0,
      2 ** 32 - 1,
      2 ** 33,
    ]);
  });
});

/** From copies of the parts, as a snapshot on disk would hold them. */
function restored(window: IdempotencyWindow): IdempotencyWindow {
  return IdempotencyWindow.restore(
    window.snapshot().map(({ baseRevision, firstAt, lastAt, count, table }) => {
      return { baseRevision, firstAt, lastAt, count, table: table.slice() };
    }),
  );
}
