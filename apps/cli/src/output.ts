import Table from 'cli-table3';
import type { Terminal } from './terminal';

/** Columns with nothing but space between them, so that lines can be cut and searched. */
const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
const plain = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };

/** A column: its title, and what a row shows in it. Money stands to the right. */
export interface Column<Item> {
  readonly title: string;
  readonly show: (item: Item) => string;
  readonly isAmount?: boolean;
}

export function tableOf<Item>(items: readonly Item[], columns: readonly Column<Item>[]): string {
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ isAmount = false }) => (isAmount ? 'right' : 'left')),
    chars: noBorders,
    style: plain,
  });
  table.push(...items.map((item) => columns.map(({ show }) => show(item))));
  return lines(table.toString());
}

/** Names and values, one a line. */
export function fieldsOf(fields: Readonly<Record<string, string>>): string {
  const table = new Table({ chars: noBorders, style: plain });
  table.push(...Object.entries(fields));
  return lines(table.toString());
}

/** Writes the value as JSON when that was asked for, else as text. */
export function write(
  terminal: Terminal,
  { isJson, value, text }: { isJson: boolean; value: unknown; text: () => string },
): void {
  terminal.out(isJson ? `${JSON.stringify(value, null, 2)}\n` : text());
}

const lines = (text: string): string => `${text.replace(/ +$/gm, '')}\n`;
