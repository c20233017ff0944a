import type { ContactChannelField, ContactRow } from './read-models';

/** A channel of a contact, put together from the fields of its row. */
export interface ContactChannelRow extends ContactChannelField {
  readonly label: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly verified: boolean;
  /** Whether it is the first choice among the contact's channels of its kind. */
  readonly isPrimary: boolean;
}

const CHANNEL = 'channel/';

/** The channels of a contact in the order in which it got them. */
export function channelsOf(row: ContactRow): readonly ContactChannelRow[] {
  const fields = addressesOf(row);
  const primaryIds = primaryIdsOf(row, fields);
  return fields.map(({ id, channel, identifier, countryCode, createdAt }) => ({
    id,
    channel,
    identifier,
    countryCode,
    createdAt,
    label: (row[`label/${id}`] ?? null) as string | null,
    metadata: (row[`metadata/${id}`] ?? null) as ContactChannelRow['metadata'],
    verified: row[`verified/${id}`] === true,
    isPrimary: primaryIds.includes(id),
  }));
}

/** Kinds and identifiers alone. */
export function addressesOf(row: ContactRow): ContactChannelField[] {
  const fields: ContactChannelField[] = [];
  for (const name in row) {
    const value = name.startsWith(CHANNEL) ? row[name] : undefined;
    if (value !== undefined && value !== null) fields.push(value as ContactChannelField);
  }
  return fields.sort((one, other) => one.createdAt - other.createdAt || compare(one.id, other.id));
}

/**
 * `primary/{channelId}` says since which place in the log a channel is the primary one. What makes
 * a channel primary does not know which one was until then: the latest of a kind counts.
 */
function primaryIdsOf(row: ContactRow, fields: readonly ContactChannelField[]): readonly string[] {
  const latest = new Map<string, { readonly id: string; readonly since: string }>();
  for (const { id, channel } of fields) {
    const since = row[`primary/${id}`] as string | null | undefined;
    if (since && since > (latest.get(channel)?.since ?? '')) latest.set(channel, { id, since });
  }
  return Array.from(latest.values(), ({ id }) => id);
}

const compare = (one: string, other: string): number => (one < other ? -1 : 1);
