import { nodeDigest } from '@tollgate/adapter-runtime';
import { verifyLog, type VerifyOptions } from '@tollgate/audit';
import type { Verdict } from '../systems/demo-system';

/** Reads the whole log, recomputes every number, and compares the read models. */
export async function checkLog(books: Omit<VerifyOptions, 'digest'>): Promise<Verdict> {
  const { findings, findingCount, counts } = await verifyLog({ ...books, digest: nodeDigest });
  const isSound = findingCount === 0;
  const verdict = isSound ? 'sound' : 'NOT sound';
  return {
    isSound,
    lines: [
      ...findings.map(({ message }) => `  ${message}`),
      `The log is ${verdict}: ${counts.events} events checked against the read models.`,
    ],
  };
}
