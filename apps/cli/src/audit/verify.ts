import { nodeDigest } from '@tollgate/adapter-runtime';
import { verifyLog, type AuditReport, type Finding } from '@tollgate/audit';
import type { Context } from '../context';
import { CommandFailure } from '../failure';
import { fieldsOf, tableOf, type Column } from '../output';
import type { Terminal } from '../terminal';
import { withBooks } from './books';
import type { Place } from './place';

const CLEAR_LINE = '\r\u001b[K';

const columns: readonly Column<Finding>[] = [
  { title: 'STREAM', show: ({ stream }) => stream },
  { title: 'REVISION', show: ({ revision }) => String(revision), isAmount: true },
  { title: 'DIFFERENCE', show: ({ kind }) => kind },
  { title: '', show: ({ message }) => message },
];

type Report = AuditReport & {
  /** False when nobody said where they are. */
  readonly readModelsCompared: boolean;
};

/** @throws CommandFailure naming the first difference. */
export async function verify(context: Context, place: Place): Promise<void> {
  const report = await withBooks(place, (books) =>
    verifyLog({ ...books, digest: nodeDigest, ...progressOn(context.terminal) }),
  );
  if (context.terminal.isWatched) context.terminal.err(CLEAR_LINE);
  const isSound = report.findingCount === 0;
  const readModelsCompared = place.kind === 'folder' || place.redis.length > 0;
  const whole = { isSound, readModelsCompared, ...report };
  context.write(whole, () => reportText(whole));
  const [first] = report.findings;
  if (first === undefined) return;
  const { kind, stream, revision, message } = first;
  throw new CommandFailure(
    `the first difference is in ${stream} at revision ${revision}: ${kind}, ${message}`,
  );
}

function progressOn({ isWatched, err }: Terminal): { onProgress?: (events: number) => void } {
  if (!isWatched) return {};
  return { onProgress: (events) => err(`\r${numeral(events)} events`) };
}

function reportText(report: Report): string {
  const { counts, findings, findingCount, isComplete, notCompared, readModelsCompared } = report;
  const numbers = fieldsOf({
    streams: numeral(counts.streams),
    events: numeral(counts.events),
    charges: numeral(counts.charges),
    refunds: numeral(counts.refunds),
    'failed messages without refund': numeral(counts.failedNotRefunded),
    ...(notCompared === 0 ? {} : { 'read models not compared': numeral(notCompared) }),
    ...(readModelsCompared ? {} : { 'read models': 'not compared; --redis says where they are' }),
    differences: numeral(findingCount),
  });
  if (findingCount === 0) return `${numbers}\n${soundText(report)}\n`;
  const untold = findingCount - findings.length;
  const more = untold === 0 ? '' : `and ${numeral(untold)} more\n`;
  const end = isComplete ? '' : 'The log could not be read any further.\n';
  return `${numbers}\n${tableOf(findings, columns)}${more}${end}`;
}

function soundText({ readModelsCompared }: Report): string {
  if (readModelsCompared) return 'Every number follows from the log.';
  return 'The log is sound.';
}

const numeral = (count: number): string => count.toLocaleString('en-US');
