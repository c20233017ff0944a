import { COMMAND_ID_LENGTH, ID_ALPHABET } from './ids';

/** Accepted command ids are remembered at least this long: 48 hours. */
export const IDEMPOTENCY_WINDOW_MS = 48 * 3_600_000;
/** A team's window holds at most this many ids (about 1 GB); past it, commands are refused. */
export const IDEMPOTENCY_IDS_MAX = 1 << 25;

/** Three quarters of 2^18 slots: a closed segment is as full as a table gets. */
const SEGMENT_IDS_MAX = 196_608;
const SEGMENTS_PER_WINDOW = 8;
const WORDS_PER_ID = 6;
const SLOTS_MIN = 16;
/** One less than a word holds: 0 marks a free slot. */
const REVISION_SPAN_MAX = 0xffff_fffe;

const DIGITS = new Uint8Array(128);
for (let digit = 0; digit < ID_ALPHABET.length; digit += 1) {
  DIGITS[ID_ALPHABET.charCodeAt(digit)] = digit;
}

/** A part of the window, as snapshots carry it. `table` is the segment's memory, byte for byte. */
export interface WindowSegment {
  readonly baseRevision: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
  readonly table: Uint32Array;
}

export interface RememberedCommand {
  /** Revision of the first event of the command. */
  readonly revision: number;
  /** Hash of the command's body: the same id with another body is a conflict. */
  readonly bodyHash: number;
}

class Segment implements WindowSegment {
  count = 0;
  lastAt: number;
  table: Uint32Array = new Uint32Array(SLOTS_MIN * WORDS_PER_ID);

  constructor(
    readonly baseRevision: number,
    readonly firstAt: number,
  ) {
    this.lastAt = firstAt;
  }

  static from(stored: WindowSegment): Segment {
    const segment = new Segment(stored.baseRevision, stored.firstAt);
    segment.count = stored.count;
    segment.lastAt = stored.lastAt;
    segment.table = stored.table;
    return segment;
  }

  find(id: Uint32Array): RememberedCommand | undefined {
    const slot = slotOf(this.table, id);
    if (isFree(this.table, slot)) return undefined;
    return {
      bodyHash: this.table[slot + 4]!,
      revision: this.baseRevision + this.table[slot + 5]! - 1,
    };
  }

  add(id: Uint32Array, revision: number, bodyHash: number): void {
    if ((this.count + 1) * WORDS_PER_ID * 4 > this.table.length * 3) this.grow();
    const slot = slotOf(this.table, id);
    if (isFree(this.table, slot)) this.count += 1;
    for (let word = 0; word < 4; word += 1) this.table[slot + word] = id[word]!;
    this.table[slot + 4] = bodyHash;
    this.table[slot + 5] = revision - this.baseRevision + 1;
  }

  private grow(): void {
    const small = this.table;
    this.table = new Uint32Array(small.length * 2);
    for (let slot = 0; slot < small.length; slot += WORDS_PER_ID) {
      if (isFree(small, slot)) continue;
      const entry = small.subarray(slot, slot + WORDS_PER_ID);
      this.table.set(entry, slotOf(this.table, entry));
    }
  }
}

/**
 * The ids of recently accepted commands, 24 bytes each, in open-addressing tables. Segments are
 * closed by age or size and forgotten whole, so that expiry costs nothing per id.
 */
export class IdempotencyWindow {
  private readonly key = new Uint32Array(4);
  /** The id that `key` holds: a command is looked for and remembered in one go. */
  private keyOf = '';

  constructor(
    private readonly segments: Segment[] = [],
    private readonly windowMs = IDEMPOTENCY_WINDOW_MS,
  ) {}

  static restore(stored: readonly WindowSegment[]): IdempotencyWindow {
    return new IdempotencyWindow(stored.map((segment) => Segment.from(segment)));
  }

  get size(): number {
    return this.segments.reduce((sum, segment) => sum + segment.count, 0);
  }

  /** Whether the ids that can't be forgotten yet at `now` are as many as there may be. */
  isFullAt(now: number): boolean {
    if (this.segments.length < 2) return false;
    let size = 0;
    for (const segment of this.segments) {
      if (segment.lastAt >= now - this.windowMs) size += segment.count;
    }
    return size >= IDEMPOTENCY_IDS_MAX;
  }

  /** Memory held, in bytes. */
  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.table.byteLength, 0);
  }

  /** What `commandId` was answered with, when it was accepted within the window before `now`. */
  find(commandId: string, now: number): RememberedCommand | undefined {
    this.read(commandId);
    for (let index = this.segments.length - 1; index >= 0; index -= 1) {
      const segment = this.segments[index]!;
      if (segment.lastAt < now - this.windowMs) return undefined;
      const found = segment.find(this.key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  remember(commandId: string, command: RememberedCommand, at: number): void {
    this.read(commandId);
    const segment = this.openSegment(command.revision, at);
    segment.lastAt = Math.max(segment.lastAt, at);
    segment.add(this.key, command.revision, command.bodyHash);
  }

  snapshot(): readonly WindowSegment[] {
    return this.segments;
  }

  private read(commandId: string): void {
    if (commandId === this.keyOf) return;
    readKey(commandId, this.key);
    this.keyOf = commandId;
  }

  private openSegment(revision: number, at: number): Segment {
    const newest = this.segments[this.segments.length - 1];
    if (newest !== undefined && !this.isDone(newest, revision, at)) return newest;
    while (this.segments[0] !== undefined && this.segments[0].lastAt < at - this.windowMs) {
      this.segments.shift();
    }
    const opened = new Segment(revision, at);
    this.segments.push(opened);
    return opened;
  }

  private isDone(segment: Segment, revision: number, at: number): boolean {
    return (
      segment.count >= SEGMENT_IDS_MAX ||
      revision - segment.baseRevision > REVISION_SPAN_MAX ||
      at - segment.firstAt > this.windowMs / SEGMENTS_PER_WINDOW
    );
  }
}

function isFree(table: Uint32Array, slot: number): boolean {
  return table[slot + 5] === 0;
}

/** The slot that holds `id`, or the free one where it belongs. Tables always have free slots. */
function slotOf(table: Uint32Array, id: Uint32Array): number {
  const slots = table.length / WORDS_PER_ID;
  const mixed = Math.imul(id[3]! ^ Math.imul(id[2]!, 0x85ebca6b), 0x9e3779b1) >>> 0;
  let index = (mixed ^ (mixed >>> 15)) & (slots - 1);
  for (;;) {
    const slot = index * WORDS_PER_ID;
    if (isFree(table, slot) || isSame(table, slot, id)) return slot;
    index = (index + 1) & (slots - 1);
  }
}

function isSame(table: Uint32Array, slot: number, id: Uint32Array): boolean {
  return (
    table[slot + 3] === id[3] &&
    table[slot + 2] === id[2] &&
    table[slot + 1] === id[1] &&
    table[slot] === id[0]
  );
}

/** Packs the 26 base-32 digits of a command id into four words. */
function readKey(text: string, key: Uint32Array): void {
  if (text.length !== COMMAND_ID_LENGTH) throw new Error(`not a command id: ${text}`);
  const d = (at: number): number => DIGITS[text.charCodeAt(at) & 127]!;
  key[0] = (d(0) << 29) | (d(1) << 24) | (d(2) << 19) | (d(3) << 14) | tail(d(4), d(5), d(6));
  key[1] = ((d(6) & 1) << 31) | (d(7) << 26) | (d(8) << 21) | (d(9) << 16) | (d(10) << 11);
  key[1] |= (d(11) << 6) | (d(12) << 1) | (d(13) >> 4);
  key[2] = ((d(13) & 15) << 28) | (d(14) << 23) | (d(15) << 18) | (d(16) << 13);
  key[2] |= (d(17) << 8) | (d(18) << 3) | (d(19) >> 2);
  key[3] = ((d(19) & 3) << 30) | (d(20) << 25) | (d(21) << 20) | (d(22) << 15);
  key[3] |= (d(23) << 10) | (d(24) << 5) | d(25);
}

function tail(fifth: number, sixth: number, seventh: number): number {
  return (fifth << 9) | (sixth << 4) | (seventh >> 1);
}
