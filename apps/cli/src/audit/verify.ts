import { nodeDigest } from '@tollgate/adapter-runtime';
import { verifyLog, type AuditReport, type Finding } from '@tollgate/audit';
import type { Context } from '../context';
import { CommandFailure } from '../failure';
import { fieldsOf, tableOf, type Column } from '../output';
import type { Terminal } from '../terminal';
import { withFolder } from './with-folder';

const CLEAR_LINE = '\r\u001b[K';

const columns: readonly Column<Finding>[] = [
  { title: 'STREAM', show: ({ stream }) => stream },
  { title: 'REVISION', show: ({ revision }) => String(revision), isAmount: true },
  { title: 'DIFFERENCE', show: ({ kind }) => kind },
  { title: '', show: ({ message }) => message },
];

/** @throws CommandFailure naming the first difference. */
export async function verify(context: Context): Promise<void> {
  const report = await withFolder(context, ({ events, readModels }) =>
    verifyLog({ events, readModels, digest: nodeDigest, ...progressOn(context.terminal) }),
  );
  if (context.terminal.isWatched) context.terminal.err(CLEAR_LINE);
  const isSound = report.findingCount === 0;
  context.write({ isSound, ...report }, () => reportText(report));
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

function reportText(report: AuditReport): string {
  const { counts, findings, findingCount, isComplete, notCompared } = report;
  const numbers = fieldsOf({
    streams: numeral(counts.streams),
    events: numeral(counts.events),
    charges: numeral(counts.charges),
    refunds: numeral(counts.refunds),
    'failed messages without refund': numeral(counts.failedNotRefunded),
    ...(notCompared === 0 ? {} : { 'read models not compared': numeral(notCompared) }),
    differences: numeral(findingCount),
  });
  if (findingCount === 0) return `${numbers}\nEvery number follows from the log.\n`;
  const untold = findingCount - findings.length;
  const more = untold === 0 ? '' : `and ${numeral(untold)} more\n`;
  const end = isComplete ? '' : 'The log could not be read any further.\n';
  return `${numbers}\n${tableOf(findings, columns)}${more}${end}`;
}

const numeral = (count: number): string => count.toLocaleString('en-US');
