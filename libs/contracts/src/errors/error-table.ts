import { errorCatalogue, type CatalogueEntry } from './catalogue';

const HEAD = ['status', 'code', 'meaning', 'details', 'retry as is'];
const CELL_MIN = 3;

/** The catalogue as a Markdown table, for the README. */
export function errorTable(): string {
  const rows = Object.entries<CatalogueEntry>(errorCatalogue).map(cellsOf);
  const widths = HEAD.map((head, column) =>
    Math.max(CELL_MIN, head.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function cellsOf([code, entry]: [string, CatalogueEntry]): readonly string[] {
  const { status, meaning, details = [], isRetryable } = entry;
  const fields = details.map((name) => `\`${name}\``).join(', ');
  return [String(status), `\`${code}\``, meaning, fields, isRetryable ? 'yes' : 'no'];
}
