import { apiKeyIdOf, mainAccountIdOf, subAccountIdOf, teamIdOf } from '@tollgate/domain';

/** Command id number `place`: always the same one, and another for every number. */
export function commandIdAt(place: number): string {
  return `01CMD${String(place).padStart(21, '0')}`;
}

/** Far above the numbers that builders count up from 0. */
const named = (place: number): string => commandIdAt(1e12 + place);

/** When specifications take place: 2026-01-05T09:00:00Z. */
export const specTime = Date.UTC(2026, 0, 5, 9);

/** The id of the command that a specification is about. */
export const theCommandId = named(0);

export const teamId = teamIdOf(named(1));
export const mainAccountId = mainAccountIdOf(named(1));
export const subAccountId = subAccountIdOf(named(2));
export const otherAccountId = subAccountIdOf(named(3));

/** The key that an account is created with. */
export function firstKeyOf(accountId: string): string {
  return apiKeyIdOf(accountId.slice(accountId.indexOf('_') + 1));
}

export const mainKeyId = firstKeyOf(mainAccountId);
export const subKeyId = firstKeyOf(subAccountId);
export const otherKeyId = firstKeyOf(otherAccountId);
