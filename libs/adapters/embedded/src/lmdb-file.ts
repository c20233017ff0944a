import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/*
 * What LMDB's file starts with on 64-bit little-endian machines: two pages that each describe a
 * state of the whole file, the later transaction's being the one that counts.
 */
const MAGIC = 0xbeefc0de;
const VERSION = 2;
const MAGIC_AT = 24;
const VERSION_AT = 28;
const PAGE_SIZE_AT = 48;
const LAST_PAGE_AT = 144;
const TRANSACTION_AT = 152;
const DESCRIPTION_BYTES = 160;
const PAGE_SIZE_MAX = 65_536;

/**
 * Says what is wrong with an LMDB file; undefined for a sound, an empty or an absent one. The
 * binding kills the process when LMDB refuses a file, and reading past the end of a file that
 * was cut short ends in a bus error, so both are looked for before it is opened.
 */
export function problemOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    return size === 0 ? undefined : problemIn(fd, size);
  } finally {
    closeSync(fd);
  }
}

function problemIn(fd: number, size: number): string | undefined {
  const first = describe(fd, 0);
  if (first === undefined) return `${size} bytes are too short for LMDB`;
  const pageSize = first.readUInt32LE(PAGE_SIZE_AT);
  const second = pageSize <= PAGE_SIZE_MAX ? describe(fd, pageSize) : undefined;
  if (second === undefined) return 'it does not start as LMDB files do';
  for (const page of [first, second]) {
    if (page.readUInt32LE(MAGIC_AT) !== MAGIC) return 'it does not start as LMDB files do';
    if (page.readUInt32LE(VERSION_AT) !== VERSION) return 'it has another version of LMDB';
  }
  const isFirst = transactionOf(first) > transactionOf(second);
  const pages = Number((isFirst ? first : second).readBigUInt64LE(LAST_PAGE_AT)) + 1;
  return pages * pageSize > size ? `${size} bytes, of ${pages * pageSize} written` : undefined;
}

function describe(fd: number, at: number): Buffer | undefined {
  const bytes = Buffer.alloc(DESCRIPTION_BYTES);
  return readSync(fd, bytes, 0, DESCRIPTION_BYTES, at) === DESCRIPTION_BYTES ? bytes : undefined;
}

function transactionOf(page: Buffer): bigint {
  return page.readBigUInt64LE(TRANSACTION_AT);
}
