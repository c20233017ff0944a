import { nodeDigest } from '@tollgate/adapter-runtime';
import { verifyLog, type AuditReport } from '@tollgate/audit';
import { decodeEvent, type StoredDomainEvent } from '@tollgate/contracts';
import type { EventMetadata } from '@tollgate/domain';
import { setTimeout as delay } from 'node:timers/promises';
import { openBooks } from './log-place';

/** Read models of services of their own take a moment. */
const ROUNDS_MAX = 20;
const ROUND_MS = 250;

/** One event as the log holds it. */
export interface StoredEvent {
  readonly stream: string;
  readonly revision: number;
  readonly event: StoredDomainEvent;
  readonly metadata: EventMetadata;
}

export type Stored<Type extends StoredDomainEvent['type']> = StoredEvent & {
  readonly event: Extract<StoredDomainEvent, { type: Type }>;
};

/** The whole log of a place in its order, read beside whoever works on it. */
export async function* storedEvents(dataDir: string): AsyncIterable<StoredEvent> {
  const folder = await openBooks(dataDir);
  try {
    for await (const batch of folder.events.readAll()) {
      for (const recorded of batch) {
        const { stream, revision } = recorded;
        yield { stream, revision, ...decodeEvent(recorded) };
      }
    }
  } finally {
    await folder.close();
  }
}

/** All events of one type. */
export async function storedOf<Type extends StoredDomainEvent['type']>(
  dataDir: string,
  type: Type,
): Promise<Stored<Type>[]> {
  const found: Stored<Type>[] = [];
  for await (const stored of storedEvents(dataDir)) {
    if (stored.event.type === type) found.push(stored as Stored<Type>);
  }
  return found;
}

/** What the audit says of a log, its read models included, once these have caught up. */
export async function auditOf(dataDir: string): Promise<AuditReport> {
  const folder = await openBooks(dataDir);
  try {
    const { events, readModels } = folder;
    for (let round = 1; ; round += 1) {
      const report = await verifyLog({ events, readModels, digest: nodeDigest });
      if (report.notCompared === 0 || round === ROUNDS_MAX) return report;
      await delay(ROUND_MS);
    }
  } finally {
    await folder.close();
  }
}

/** What every audit of a sound folder on which nobody works says. */
export const soundAudit = {
  findings: [],
  findingCount: 0,
  isComplete: true,
  notCompared: 0,
} as const;
