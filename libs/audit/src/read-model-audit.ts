import type { ReadModelReader, Row } from '@tollgate/ports';
import type { Findings, Tell } from './finding';
import type { ExpectedRow, ShownStream } from './shown-streams';

/** Rows asked for at once. */
const ROWS_AT_ONCE_MAX = 256;

/** Compares what the read models show with what the log gives. */
export class ReadModelAudit {
  constructor(
    private readonly readModels: ReadModelReader,
    private readonly findings: Findings,
  ) {}

  async compareAll(streams: Iterable<ShownStream>): Promise<void> {
    for (const chunk of chunks(streams)) {
      await Promise.all(chunk.map((shown) => this.compare(shown)));
    }
  }

  private async compare({ stream, revision, rows }: ShownStream): Promise<void> {
    const tell = this.findings.in(stream);
    const shown = await this.readModels.revisionOf(stream);
    if (shown < revision) {
      return tell('read_model_behind', revision, `shows revision ${shown} of ${revision}`);
    }
    if (shown > revision) {
      return tell('read_model_ahead', revision, `shows revision ${shown}, the log has ${revision}`);
    }
    for (const chunk of chunks(rows)) {
      await Promise.all(chunk.map((row) => this.compareRow(row, revision, tell)));
    }
  }

  private async compareRow(
    { key, fields }: ExpectedRow,
    revision: number,
    tell: Tell,
  ): Promise<void> {
    const row = await this.readModels.get(key);
    if (row === undefined) return tell('read_model_mismatch', revision, `${key} is missing`);
    const differences = Object.keys(fields).filter((field) => row[field] !== fields[field]);
    for (const field of differences) {
      const values = `is ${text(row, field)}, the log gives ${text(fields, field)}`;
      tell('read_model_mismatch', revision, `${field} of ${key} ${values}`);
    }
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
