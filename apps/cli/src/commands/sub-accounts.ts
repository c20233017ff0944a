import type { Command } from 'commander';
import { Context } from '../context';
import { formatCents } from '../money';
import { tableOf, type Column } from '../output';
import type { Terminal } from '../terminal';

interface SubAccount {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** Cents, like the limit; a limit of null is none. */
  readonly totalSpent: number;
  readonly creditLimit: number | null;
}

const columns: readonly Column<SubAccount>[] = [
  { title: 'SUB-ACCOUNT', show: ({ id }) => id },
  { title: 'STATUS', show: ({ status }) => status },
  { title: 'SPENT', show: ({ totalSpent }) => formatCents(totalSpent), isAmount: true },
  {
    title: 'LIMIT',
    show: ({ creditLimit }) => (creditLimit === null ? 'none' : formatCents(creditLimit)),
    isAmount: true,
  },
  { title: 'NAME', show: ({ name }) => name },
];

export function addSubAccounts(program: Command, terminal: Terminal): void {
  const subAccounts = program.command('sub-accounts').description('sub-accounts of a team');
  subAccounts
    .command('list')
    .description("all sub-accounts, the newest first; needs the main account's API key")
    .action(async (_: object, command: Command) => list(new Context(command, terminal)));
}

async function list(context: Context): Promise<void> {
  const items = await context.account().all<SubAccount>('/v1/sub-accounts');
  context.write({ items, nextCursor: null }, () =>
    items.length === 0 ? 'no sub-accounts yet\n' : tableOf(items, columns),
  );
}
