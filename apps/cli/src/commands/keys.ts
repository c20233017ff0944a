import { Option, type Command } from 'commander';
import { Context } from '../context';
import { fieldsOf, tableOf, type Column } from '../output';
import type { Terminal } from '../terminal';

export interface IssuedKey {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly environment: string;
}

interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly keyPrefix: string;
  readonly environment: string;
  /** Unix ms. */
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

interface IssueOptions {
  readonly name: string;
  readonly environment?: string;
  readonly idempotencyKey?: string;
}

const columns: readonly Column<ListedKey>[] = [
  { title: 'KEY', show: ({ id }) => id },
  { title: 'PREFIX', show: ({ keyPrefix }) => keyPrefix },
  { title: 'ENVIRONMENT', show: ({ environment }) => environment },
  { title: 'STATUS', show: ({ revokedAt }) => (revokedAt === null ? 'active' : 'revoked') },
  { title: 'CREATED', show: ({ createdAt }) => new Date(createdAt).toISOString() },
  { title: 'NAME', show: ({ name }) => name },
];

export function addKeys(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description("API keys of a team's main account");
  keys
    .command('issue')
    .description('make a key; shown this once')
    .argument('<team>', 'id of the team')
    .requiredOption('--name <name>', 'to know the key by')
    .addOption(
      new Option('--environment <name>', 'test keys send nothing').choices(['live', 'test']),
    )
    .option('--idempotency-key <key>', 'repeats are answered as the first (default: a new one)')
    .action(async (team: string, options: IssueOptions, command: Command) => {
      await issue(new Context(command, terminal), team, options);
    });
  keys
    .command('list')
    .description('all keys, revoked ones too')
    .argument('<team>', 'id of the team')
    .action(async (team: string, _: object, command: Command) => {
      await list(new Context(command, terminal), team);
    });
  keys
    .command('revoke')
    .description('stop a key at once, for good')
    .argument('<team>', 'id of the team')
    .argument('<key>', 'id of the key, not its secret')
    .action(async (team: string, key: string, _: object, command: Command) => {
      await revoke(new Context(command, terminal), team, key);
    });
}

/** A secret is shown when it is made, and never again. */
export const issuedKeyText = ({ id, key, name, environment }: IssuedKey): string =>
  fieldsOf({ key: id, name, environment, secret: `${key}  (shown this once)` });

async function issue(
  context: Context,
  team: string,
  { name, environment, idempotencyKey }: IssueOptions,
): Promise<void> {
  const answer = await context.operator().send<{ apiKey: IssuedKey }>({
    method: 'POST',
    path: keysPath(team),
    body: { name, environment },
    idempotencyKey: context.idempotencyKey(idempotencyKey),
  });
  context.write(answer, () => issuedKeyText(answer.apiKey));
}

async function list(context: Context, team: string): Promise<void> {
  const answer = await context.operator().send<{ items: readonly ListedKey[] }>({
    method: 'GET',
    path: keysPath(team),
  });
  context.write(answer, () => tableOf(answer.items, columns));
}

async function revoke(context: Context, team: string, key: string): Promise<void> {
  const answer = await context.operator().send({
    method: 'DELETE',
    path: `${keysPath(team)}/${encodeURIComponent(key)}`,
  });
  context.write(answer, () => `${key} is revoked\n`);
}

const keysPath = (team: string): string =>
  `/operator/v1/teams/${encodeURIComponent(team)}/api-keys`;
