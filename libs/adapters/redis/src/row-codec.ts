import type { Row } from '@tollgate/ports';

/*
 * A row is a hash. What `put` wrote is one field, as JSON; what was merged since lies over it, one
 * field each. So neither reads what is there, and no number passes through Lua.
 */

/** No field of a row has an empty name. */
const WHOLE = '';

export function encodeRow(row: Row): string {
  return JSON.stringify(row);
}

/** Names and values in turn; a field that is not there any more has an empty value. */
export function encodeFields(fields: Row): string[] {
  return Object.entries(fields).flatMap(([name, value]) => [name, JSON.stringify(value) ?? '']);
}

/** Undefined when there is no such row. */
export function decodeRow(hash: Readonly<Record<string, string>>): Row | undefined {
  const names = Object.keys(hash);
  if (names.length === 0) return undefined;
  const whole = hash[WHOLE];
  const row = (whole === undefined ? {} : JSON.parse(whole)) as Record<string, unknown>;
  for (const name of names) {
    if (name !== WHOLE) row[name] = hash[name] === '' ? undefined : JSON.parse(hash[name]!);
  }
  return row;
}
