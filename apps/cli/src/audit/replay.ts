import { replayTeam, type AccountAsOf, type TeamAsOf } from '@tollgate/audit';
import type { Context } from '../context';
import { CommandFailure } from '../failure';
import { formatMicros } from '../money';
import { fieldsOf, tableOf, type Column } from '../output';
import { withBooks } from './books';
import type { Place } from './place';

const columns: readonly Column<AccountAsOf>[] = [
  { title: 'ACCOUNT', show: ({ id }) => id },
  { title: 'STATUS', show: ({ status }) => status },
  { title: 'SPENT', show: ({ totalSpent }) => formatMicros(totalSpent.micros), isAmount: true },
  { title: 'HELD', show: ({ held }) => formatMicros(held.micros), isAmount: true },
  {
    title: 'LIMIT',
    show: ({ creditLimit }) => (creditLimit === null ? 'none' : formatMicros(creditLimit.micros)),
    isAmount: true,
  },
  { title: 'CHARGES', show: ({ charges }) => String(charges), isAmount: true },
  { title: 'KEYS', show: ({ keysActive }) => String(keysActive), isAmount: true },
];

/** @throws CommandFailure for a team that was not there at the time. */
export async function replay(
  context: Context,
  place: Place,
  { team: teamId, at }: { readonly team: string; readonly at: number },
): Promise<void> {
  const team = await withBooks(place, ({ events }) => replayTeam({ events, teamId, at }));
  if (team === undefined) {
    throw new CommandFailure(`there was no team ${teamId} at ${isoTime(at)}`);
  }
  context.write(team, () => teamText(team));
}

function teamText(team: TeamAsOf): string {
  const fields = fieldsOf({
    team: team.id,
    name: team.name,
    'as of': isoTime(team.at),
    revision: `${team.revision} of ${isoTime(team.lastEventAt)}`,
    balance: formatMicros(team.balance.micros),
    held: formatMicros(team.held.micros),
    'topped up': formatMicros(team.toppedUp.micros),
    adjusted: formatMicros(team.adjusted.micros),
    charged: `${formatMicros(team.charged.micros)} (charges: ${team.charges})`,
    refunded: `${formatMicros(team.refunded.micros)} (refunds: ${team.refunds})`,
    'active keys': String(team.keysActive),
  });
  return `${fields}\n${tableOf(team.accounts, columns)}`;
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
