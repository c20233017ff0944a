import { LogCorrupt, type Digest, type EventReader, type ReadModelReader } from '@tollgate/ports';
import { Findings, type Finding } from './finding';
import { LogAudit, type AuditCounts } from './log-audit';
import { ReadModelAudit } from './read-model-audit';
import { shownMessage, shownOther, shownTeam } from './shown-streams';

export interface VerifyOptions {
  readonly events: EventReader;
  /** Compared with the log when given. */
  readonly readModels?: ReadModelReader;
  /**
   * Asked, as long as rows differ or are behind, whether they may still be catching up; they are
   * looked at again when it resolves to true.
   * @default no
   */
  readonly mayCatchUp?: () => Promise<boolean>;
  readonly digest: Digest;
  /** Called after each batch with the number of events read so far. */
  readonly onProgress?: (events: number) => void;
  /**
   * Findings told in full; the others are counted.
   * @default 20
   */
  readonly findingsMax?: number;
}

export interface AuditReport {
  readonly counts: Readonly<AuditCounts>;
  /** False when a record could not be read: nothing after it was looked at. */
  readonly isComplete: boolean;
  /** Streams that went on while the audit ran, so that their read models were not compared. */
  readonly notCompared: number;
  readonly findingCount: number;
  /** The first of them, those of the log before those of the read models. */
  readonly findings: readonly Finding[];
}

/**
 * Reads the whole log once and checks everything that it promises; then compares the read models.
 * Whatever is stored becomes a finding, never a fault.
 * @throws LogUnavailable | ReadModelsUnavailable
 */
export async function verifyLog(options: VerifyOptions): Promise<AuditReport> {
  const { digest, readModels, findingsMax = 20 } = options;
  const found = new Findings(findingsMax);
  const shown = new Findings(findingsMax);
  const log = new LogAudit(digest.sha256, found);
  const models = readModels && new ReadModelAudit({ ...options, readModels }, shown);
  const isComplete = await readAll(options, log, found, models);
  if (isComplete) {
    log.finish();
    await models?.compareAll(shownAtEnd(log));
  }
  return {
    counts: log.counts,
    isComplete,
    notCompared: models?.movedOn ?? 0,
    findingCount: found.count + shown.count,
    findings: [...found.first, ...shown.first].slice(0, findingsMax),
  };
}

/** False when the log could not be read to its end. */
async function readAll(
  { events, onProgress }: VerifyOptions,
  log: LogAudit,
  found: Findings,
  models: ReadModelAudit | undefined,
): Promise<boolean> {
  try {
    for await (const batch of events.readAll()) {
      for (const recorded of batch) log.follow(recorded);
      const finished = log.takeFinished();
      if (models !== undefined && finished.length > 0) {
        await models.compareAll(finished.map(shownMessage));
      }
      onProgress?.(log.counts.events);
    }
    return true;
  } catch (fault) {
    if (!(fault instanceof LogCorrupt)) throw fault;
    found.in(fault.stream)('record_unreadable', fault.revision, fault.problem);
    return false;
  }
}

function* shownAtEnd(log: LogAudit) {
  for (const [stream, team] of log.teams) yield shownTeam(stream, team);
  for (const [stream, { revision }] of log.others) yield shownOther(stream, revision);
  for (const message of log.unfinished()) yield shownMessage(message);
}
