import type { Command } from 'commander';
import { Context } from '../context';
import { formatCents, parseDollars } from '../money';
import { fieldsOf, tableOf, type Column } from '../output';
import type { Terminal } from '../terminal';
import { issuedKeyText, type IssuedKey } from './keys';

interface Team {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  /** Cents. */
  readonly balance: number;
  readonly createdAt: string;
  readonly mainAccount: { readonly id: string };
}

interface CreateOptions {
  readonly openingBalance?: number;
  readonly idempotencyKey?: string;
}

const columns: readonly Column<Team>[] = [
  { title: 'TEAM', show: ({ id }) => id },
  { title: 'BALANCE', show: ({ balance }) => formatCents(balance), isAmount: true },
  { title: 'CREATED', show: ({ createdAt }) => createdAt },
  { title: 'NAME', show: ({ name }) => name },
];

export function addTeams(program: Command, terminal: Terminal): void {
  const teams = program.command('teams').description('open teams and look at them');
  teams
    .command('create')
    .description('open a team; shows the first API key of its main account, once')
    .argument('<name>', 'how the team is called')
    .option('--opening-balance <dollars>', 'such as 50 or 50.00', parseDollars)
    .option('--idempotency-key <key>', 'repeats are answered as the first (default: a new one)')
    .action(async (name: string, options: CreateOptions, command: Command) => {
      await create(new Context(command, terminal), name, options);
    });
  teams
    .command('list')
    .description('all teams, the newest first')
    .action(async (_: object, command: Command) => list(new Context(command, terminal)));
  teams
    .command('show')
    .description('one team')
    .argument('<team>', 'id of the team')
    .action(async (id: string, _: object, command: Command) => {
      await show(new Context(command, terminal), id);
    });
}

async function create(
  context: Context,
  name: string,
  { openingBalance, idempotencyKey }: CreateOptions,
): Promise<void> {
  const answer = await context.operator().send<{ team: Team; apiKey: IssuedKey }>({
    method: 'POST',
    path: '/operator/v1/teams',
    body: { name, openingBalance },
    idempotencyKey: context.idempotencyKey(idempotencyKey),
  });
  context.write(answer, () => `${teamText(answer.team)}\n${issuedKeyText(answer.apiKey)}`);
}

async function list(context: Context): Promise<void> {
  const items = await context.operator().all<Team>('/operator/v1/teams');
  context.write({ items, nextCursor: null }, () =>
    items.length === 0
      ? 'no teams yet; open one with: tollgate teams create <name>\n'
      : tableOf(items, columns),
  );
}

async function show(context: Context, id: string): Promise<void> {
  const answer = await context.operator().send<{ team: Team }>({
    method: 'GET',
    path: `/operator/v1/teams/${encodeURIComponent(id)}`,
  });
  context.write(answer, () => teamText(answer.team));
}

const teamText = ({ id, name, balance, mainAccount, createdAt }: Team): string =>
  fieldsOf({
    team: id,
    name,
    balance: formatCents(balance),
    'main account': mainAccount.id,
    created: createdAt,
  });
