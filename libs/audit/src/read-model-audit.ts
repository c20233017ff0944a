import {
  LogCorrupt,
  LogUnavailable,
  ReadModelsUnavailable,
  type EventReader,
  type ReadModelReader,
  type Row,
} from '@tollgate/ports';
import { problemOf } from './decode-stored';
import type { FindingKind, Findings } from './finding';
import type { ExpectedRow, ShownStream } from './shown-streams';

/** Rows asked for at once. */
const ROWS_AT_ONCE_MAX = 256;

export interface ReadModelAuditOptions {
  readonly readModels: ReadModelReader;
  readonly events: EventReader;
  readonly mayCatchUp?: () => Promise<boolean>;
}

interface Difference {
  readonly kind: FindingKind;
  readonly message: string;
}

/**
 * Compares what the read models show with what the log gives. Works on a running system too: a
 * stream that goes on meanwhile is passed over and counted, since its rows are of no revision
 * that was audited.
 */
export class ReadModelAudit {
  movedOn = 0;
  private readonly readModels: ReadModelReader;
  private readonly events: EventReader;
  private readonly mayCatchUp: () => Promise<boolean>;

  constructor(
    { readModels, events, mayCatchUp }: ReadModelAuditOptions,
    private readonly findings: Findings,
  ) {
    this.readModels = readModels;
    this.events = events;
    this.mayCatchUp = mayCatchUp ?? (() => Promise.resolve(false));
  }

  async compareAll(streams: Iterable<ShownStream>): Promise<void> {
    for (const chunk of chunks(streams)) {
      await Promise.all(chunk.map((shown) => this.compare(shown)));
    }
  }

  private async compare(shown: ShownStream): Promise<void> {
    let differences = await this.readableDifferences(shown);
    while (differences.length > 0 && (await this.mayCatchUp())) {
      differences = await this.readableDifferences(shown);
    }
    const tell = this.findings.in(shown.stream);
    for (const { kind, message } of differences) tell(kind, shown.revision, message);
  }

  /** Read models are a cache without a hash chain: what can't be read there is a difference. */
  private async readableDifferences(shown: ShownStream): Promise<Difference[]> {
    try {
      return await this.differences(shown);
    } catch (fault) {
      if (fault instanceof LogUnavailable || fault instanceof ReadModelsUnavailable) throw fault;
      const kind = fault instanceof LogCorrupt ? 'record_unreadable' : 'read_model_mismatch';
      return [{ kind, message: `can't be read: ${problemOf(fault)}` }];
    }
  }

  private async differences({ stream, group, revision, rows }: ShownStream): Promise<Difference[]> {
    const shown = await this.readModels.revisionOf(stream, group);
    if (shown > revision) {
      if (await this.goesOn(stream, revision)) return [];
      const message = `shows revision ${shown}, the log has ${revision}`;
      return [{ kind: 'read_model_ahead', message }];
    }
    // Not simply below it: what is stored there may be no number.
    if (shown !== revision) {
      return [{ kind: 'read_model_behind', message: `shows revision ${shown} of ${revision}` }];
    }
    const differences = await this.differencesIn(rows());
    if (differences.length > 0 && (await this.goesOn(stream, revision))) return [];
    return differences.map((message) => ({ kind: 'read_model_mismatch', message }));
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
