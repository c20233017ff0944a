import Table from 'cli-table3';
import { dollars, type Say, type Story } from './story';

/** Shows what everybody spent; false when that is more than anybody may. */
export async function showNumbers(story: Story, say: Say): Promise<boolean> {
  const table = new Table({ head: ['sub-account', 'cap', 'total spent', 'sent', 'blocked by'] });
  let isWithinCaps = true;
  for (const customer of story.customers) {
    const { totalSpent, balance, creditLimit } = await story.numbers(customer);
    const spent = totalSpent ?? 0;
    const cap = creditLimit ?? Infinity;
    isWithinCaps &&= spent <= cap && balance >= 0;
    const { name, sent, blockedBy } = customer;
    const shownCap = cap === Infinity ? 'none' : dollars(cap);
    table.push([name, shownCap, dollars(spent), sent, blockedBy || '(not blocked)']);
  }
  const { balance } = await story.numbers(story.customers[0]!);
  say(`\n${table.toString()}\nTeam balance: ${dollars(balance)}\n`);
  return isWithinCaps;
}
