import { readFileSync } from 'node:fs';

/*
 * Where in an LMDB file what lies, on 64-bit little-endian machines: two pages that each describe
 * a state of the file, and trees of pages below the newer one. Just enough to hit bytes in use.
 */
const HEADER = 24;
const META_MAIN_ROOT = 136;
const META_PAGE_SIZE = 48;
const META_TRANSACTION = 152;
const FLAGS_AT = 18;
const LOWER_AT = 20;
const NODE_HEADER = 8;
const DATABASE_ROOT = 40;

const P_BRANCH = 1;
const F_BIGDATA = 1;
const F_SUBDATA = 2;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;

/** Bytes in use. Those of a value are told apart from those that lead to it. */
export interface UsedRange {
  readonly database: string;
  readonly isValue: boolean;
  readonly start: number;
  readonly bytes: number;
}

export function usedRanges(file: string): UsedRange[] {
  return new Walk(readFileSync(file)).all();
}

class Walk {
  private readonly ranges: UsedRange[] = [];
  private readonly pageSize: number;

  constructor(private readonly file: Buffer) {
    this.pageSize = file.readUInt32LE(META_PAGE_SIZE);
  }

  all(): UsedRange[] {
    const [first, second] = [0, this.pageSize];
    const isFirst = this.long(first + META_TRANSACTION) > this.long(second + META_TRANSACTION);
    this.page(this.long((isFirst ? first : second) + META_MAIN_ROOT), '(main)');
    return this.ranges;
  }

  private page(number: bigint, database: string): void {
    if (number === NO_PAGE) return;
    const start = Number(number) * this.pageSize;
    const count = this.word(start + LOWER_AT) / 2;
    const isBranch = (this.word(start + FLAGS_AT) & P_BRANCH) !== 0;
    this.use(database, false, start, HEADER + 2 * count);
    for (let index = 0; index < count; index += 1) {
      const node = start + HEADER + this.word(start + HEADER + 2 * index);
      if (isBranch) this.branch(node, database);
      else this.leaf(node, database);
    }
  }

  private branch(node: number, database: string): void {
    const low = this.word(node) | (this.word(node + 2) << 16);
    const child = BigInt(low >>> 0) + (BigInt(this.word(node + 4)) << 32n);
    this.use(database, false, node, NODE_HEADER + this.word(node + 6));
    this.page(child, database);
  }

  private leaf(node: number, database: string): void {
    const bytes = (this.word(node) | (this.word(node + 2) << 16)) >>> 0;
    const flags = this.word(node + 4);
    const keyBytes = this.word(node + 6);
    const data = node + NODE_HEADER + keyBytes;
    this.use(database, false, node, NODE_HEADER + keyBytes);
    if ((flags & F_SUBDATA) !== 0) {
      const name = this.file.toString('latin1', node + NODE_HEADER, data).replaceAll('\0', '');
      this.use(database, false, data, DATABASE_ROOT + 8);
      this.page(this.long(data + DATABASE_ROOT), name);
    } else if ((flags & F_BIGDATA) !== 0) {
      this.use(database, false, data, 8);
      const start = Number(this.long(data)) * this.pageSize;
      this.use(database, false, start, HEADER);
      this.use(database, true, start + HEADER, bytes);
    } else {
      this.use(database, true, data, bytes);
    }
  }

  private use(database: string, isValue: boolean, start: number, bytes: number): void {
    this.ranges.push({ database, isValue, start, bytes });
  }

  private word(at: number): number {
    return this.file.readUInt16LE(at);
  }

  private long(at: number): bigint {
    return this.file.readBigUInt64LE(at);
  }
}
