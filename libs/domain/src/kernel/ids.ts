/** Crockford's base 32, the alphabet of ULIDs. */
export const ID_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const COMMAND_ID_LENGTH = 26;

const COMMAND_ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const REVISION_DIGITS = 9;
const TEAM_TAIL = 7;

/** All pairs of digits: ids are made for every charge, and two digits at a time are quickest. */
const PAIRS = [...ID_ALPHABET].flatMap((first) => [...ID_ALPHABET].map((last) => first + last));

/** A command id is 128 bits in the text form of a ULID. */
export function isCommandId(text: string): boolean {
  return COMMAND_ID.test(text);
}

/* Ids of things that a command names: a prefix and 128 bits, drawn for that thing alone. */

export const teamIdOf = (id: string): string => `tm_${id}`;
export const mainAccountIdOf = (id: string): string => `acc_${id}`;
export const isMainAccountId = (accountId: string): boolean => accountId.startsWith('acc_');
export const subAccountIdOf = (id: string): string => `sub_${id}`;
export const apiKeyIdOf = (id: string): string => `key_${id}`;
export const messageIdOf = (id: string): string => `msg_${id}`;
export const contactIdOf = (id: string): string => `con_${id}`;
export const contactChannelIdOf = (id: string): string => `chn_${id}`;
export const senderIdOf = (id: string): string => `snd_${id}`;
export const phoneNumberIdOf = (id: string): string => `pn_${id}`;

/**
 * The id of something recorded at one revision of a team's stream, such as a charge. It says
 * where the event stands, so that a refund finds its charge however old that is.
 */
export function idAtRevision(prefix: string, teamId: string, revision: number): string {
  const high = Math.floor(revision / 2 ** 20);
  const low = revision % 2 ** 20;
  return (
    `${prefix}_${ID_ALPHABET[high >>> 20]}${PAIRS[(high >>> 10) & 1023]}${PAIRS[high & 1023]}` +
    `${PAIRS[low >>> 10]}${PAIRS[low & 1023]}${teamId.slice(-TEAM_TAIL)}`
  );
}

/** The revision that {@link idAtRevision} put into an id; undefined for any other text. */
export function revisionInId(prefix: string, teamId: string, id: string): number | undefined {
  const head = prefix.length + 1;
  if (id.length !== head + REVISION_DIGITS + TEAM_TAIL) return undefined;
  if (!id.startsWith(`${prefix}_`) || !id.endsWith(teamId.slice(-TEAM_TAIL))) return undefined;
  let revision = 0;
  for (let at = head; at < head + REVISION_DIGITS; at += 1) {
    const digit = ID_ALPHABET.indexOf(id.charAt(at));
    if (digit < 0) return undefined;
    revision = revision * 32 + digit;
  }
  return revision;
}
