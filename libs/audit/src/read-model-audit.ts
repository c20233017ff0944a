import {
  LogCorrupt,
  LogUnavailable,
  type EventReader,
  type ReadModelReader,
  type Row,
} from '@tollgate/ports';
import type { Findings } from './finding';
import type { ExpectedRow, ShownStream } from './shown-streams';

/** Rows asked for at once. */
const ROWS_AT_ONCE_MAX = 256;

/**
 * Compares what the read models show with what the log gives. Works on a running system too: a
 * stream that goes on meanwhile is passed over and counted, since its rows are of no revision
 * that was audited.
 */
export class ReadModelAudit {
  movedOn = 0;

  constructor(
    private readonly readModels: ReadModelReader,
    private readonly events: EventReader,
    private readonly findings: Findings,
  ) {}

  async compareAll(streams: Iterable<ShownStream>): Promise<void> {
    for (const chunk of chunks(streams)) {
      await Promise.all(chunk.map((shown) => this.compareReadable(shown)));
    }
  }

  /** Read models are a cache without a hash chain: what can't be read there is a difference. */
  private async compareReadable(shown: ShownStream): Promise<void> {
    try {
      await this.compare(shown);
    } catch (fault) {
      if (fault instanceof LogUnavailable) throw fault;
      const { stream, revision } = shown;
      const kind = fault instanceof LogCorrupt ? 'record_unreadable' : 'read_model_mismatch';
      const problem = fault instanceof Error ? fault.message : String(fault);
      this.findings.in(stream)(kind, revision, `can't be read: ${problem}`);
    }
  }

  private async compare({ stream, revision, rows }: ShownStream): Promise<void> {
    const tell = this.findings.in(stream);
    const shown = await this.readModels.revisionOf(stream);
    if (shown < revision) {
      return tell('read_model_behind', revision, `shows revision ${shown} of ${revision}`);
    }
    if (shown > revision) {
      if (await this.goesOn(stream, revision)) return;
      return tell('read_model_ahead', revision, `shows revision ${shown}, the log has ${revision}`);
    }
    const differences = await this.differencesIn(rows);
    if (differences.length > 0 && (await this.goesOn(stream, revision))) return;
    for (const difference of differences) tell('read_model_mismatch', revision, difference);
  }

  private async goesOn(stream: string, revision: number): Promise<boolean> {
    for await (const later of this.events.readStream(stream, revision + 1)) {
      if (later.length === 0) continue;
      this.movedOn += 1;
      return true;
    }
    return false;
  }

  private async differencesIn(rows: Iterable<ExpectedRow>): Promise<string[]> {
    const differences: string[] = [];
    for (const chunk of chunks(rows)) {
      const found = await Promise.all(chunk.map((row) => this.differencesOf(row)));
      differences.push(...found.flat());
    }
    return differences;
  }

  private async differencesOf({ key, fields }: ExpectedRow): Promise<string[]> {
    const row = await this.readModels.get(key);
    if (row === undefined) return [`${key} is missing`];
    return Object.keys(fields)
      .filter((field) => row[field] !== fields[field])
      .map((field) => `${field} of ${key} is ${text(row, field)}, not ${text(fields, field)}`);
  }
}

const text = (row: Row, field: string): string => JSON.stringify(row[field]) ?? 'missing';

function* chunks<Item>(items: Iterable<Item>): Iterable<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < ROWS_AT_ONCE_MAX) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
