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
  return fields.map((field) => ({
    ...field,
    label: (row[`label/${field.id}`] ?? null) as string | null,
    metadata: (row[`metadata/${field.id}`] ?? null) as ContactChannelRow['metadata'],
    verified: row[`verified/${field.id}`] === true,
    isPrimary: primaryIds.has(field.id),
  }));
}

/** Kinds and identifiers alone. */
export function addressesOf(row: ContactRow): ContactChannelField[] {
  const fields: ContactChannelField[] = [];
  for (const name of Object.keys(row)) {
    const value = name.startsWith(CHANNEL) ? row[name] : undefined;
    if (value !== undefined && value !== null) fields.push(value as ContactChannelField);
  }
  return fields.sort((one, other) => one.createdAt - other.createdAt || compare(one.id, other.id));
}

/**
 * `primary/{channelId}` says since which place in the log a channel is the primary one. What makes
 * a channel primary does not know which one was until then: the latest of a kind counts.
 */
function primaryIdsOf(row: ContactRow, fields: readonly ContactChannelField[]): Set<string> {
  const latest = new Map<string, { readonly id: string; readonly since: string }>();
  for (const { id, channel } of fields) {
    const since = (row[`primary/${id}`] ?? '') as string;
    if (since > (latest.get(channel)?.since ?? '')) latest.set(channel, { id, since });
  }
  return new Set([...latest.values()].map(({ id }) => id));
}

const compare = (one: string, other: string): number => (one < other ? -1 : 1);
