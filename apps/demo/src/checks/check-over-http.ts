import type Zavudev from '@zavudev/sdk';
import type { Verdict } from '../systems/demo-system';

const PAGE = 100;
const MICROS_PER_DOLLAR = 1_000_000;
const MICROS_PER_CENT = 10_000;

export interface AskedAccount {
  readonly name: string;
  readonly client: Zavudev;
}

/**
 * Adds up what every message cost, and compares that with what the accounts say they spent and
 * with what the team's balance lacks. It is all that can be told without the log.
 */
export async function checkOverHttp(
  openingCents: number,
  accounts: readonly AskedAccount[],
  team: Zavudev,
): Promise<Verdict> {
  const faults: string[] = [];
  let total = 0;
  let messages = 0;
  for (const { name, client } of accounts) {
    let spent = 0;
    for await (const { cost } of client.messages.list({ limit: PAGE })) {
      spent += Math.round((cost ?? 0) * MICROS_PER_DOLLAR);
      messages += 1;
    }
    const { totalSpent } = await client.balance.retrieve();
    expectCents(faults, `${name} spent`, totalSpent ?? 0, Math.ceil(spent / MICROS_PER_CENT));
    total += spent;
  }
  const { balance } = await team.balance.retrieve();
  const left = openingCents * MICROS_PER_CENT - total;
  expectCents(faults, 'the team has left', balance, Math.floor(left / MICROS_PER_CENT));
  const verdict = faults.length === 0 ? 'agree' : 'DO NOT agree';
  return {
    isSound: faults.length === 0,
    lines: [...faults, `The numbers ${verdict}: ${messages} messages added up over HTTP.`],
  };
}

function expectCents(faults: string[], what: string, shown: number, sum: number): void {
  if (shown !== sum) faults.push(`  ${what} ${shown} cents, but its messages make that ${sum}`);
}
