import type { Command } from 'commander';
import { Context } from '../context';
import { formatCents, parseDollars } from '../money';
import { fieldsOf } from '../output';
import type { Terminal } from '../terminal';

interface TopUp {
  readonly id: string;
  /** Cents, like the balance after it. */
  readonly amount: number;
  readonly balance: number;
  readonly createdAt: string;
}

interface TopUpOptions {
  readonly reference?: string;
  readonly idempotencyKey?: string;
}

export function addTopUp(program: Command, terminal: Terminal): void {
  program
    .command('top-up')
    .description("add money to a team's balance")
    .argument('<team>', 'id of the team')
    .argument('<dollars>', 'such as 50 or 50.00', parseDollars)
    .option('--reference <text>', 'your own, such as the number of an invoice')
    .option('--idempotency-key <key>', 'repeats are answered as the first (default: a new one)')
    .action(async (team: string, amount: number, options: TopUpOptions, command: Command) => {
      await topUp(new Context(command, terminal), { team, amount, ...options });
    });
}

async function topUp(
  context: Context,
  {
    team,
    amount,
    reference,
    idempotencyKey,
  }: TopUpOptions & { readonly team: string; readonly amount: number },
): Promise<void> {
  const answer = await context.operator().send<{ topUp: TopUp }>({
    method: 'POST',
    path: `/operator/v1/teams/${encodeURIComponent(team)}/top-ups`,
    body: { amount, reference },
    idempotencyKey: context.idempotencyKey(idempotencyKey),
  });
  const { topUp: made } = answer;
  context.write(answer, () =>
    fieldsOf({
      'top-up': made.id,
      amount: formatCents(made.amount),
      balance: formatCents(made.balance),
      created: made.createdAt,
    }),
  );
}
