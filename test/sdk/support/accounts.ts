import type Zavudev from '@zavudev/sdk';
import type { System, Team } from '../../e2e/support/system';
import { clientOf, stageOn } from './clients';

/** A sub-account with a client of its own, and the client of its team's main account. */
export interface Account {
  readonly team: Team;
  readonly main: Zavudev;
  readonly id: string;
  readonly own: Zavudev;
}

export interface AccountOptions {
  /** Cents. @default 5000 */
  readonly balance?: number;
  /** Cents. @default none */
  readonly creditLimit?: number;
}

/** The only sub-account of a team of its own. */
export async function accountOn(
  system: System,
  { balance = 5_000, creditLimit }: AccountOptions = {},
): Promise<Account> {
  const { team, main } = await stageOn(system, balance);
  const limit = creditLimit === undefined ? {} : { creditLimit };
  const { subAccount } = await main.subAccounts.create({ name: 'A', ...limit });
  const own = clientOf(system.server.url, subAccount.apiKey!);
  return { team, main, id: subAccount.id, own };
}

/** A client whose key nobody has. */
export function strangerOn(system: System): Zavudev {
  return clientOf(system.server.url, 'zv_live_sub_of_nobody');
}
