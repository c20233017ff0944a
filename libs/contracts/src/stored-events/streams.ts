const TEAM = 'team-';
const MESSAGE = 'message-';
const CONTACTS = 'contacts-';
const SENDERS = 'senders-';
const NUMBER = 'number-';

/** What every stream of this system begins with; a store that is shared may hold others. */
export const STREAM_PREFIXES: readonly string[] = [TEAM, MESSAGE, CONTACTS, SENDERS, NUMBER];

/** Stream names. The part before the first dash is the category. */
export const teamStream = (teamId: string): string => `${TEAM}${teamId}`;
export const messageStream = (messageId: string): string => `${MESSAGE}${messageId}`;
export const contactsStream = (accountId: string): string => `${CONTACTS}${accountId}`;
/** Also of the numbers that the account owns. */
export const sendersStream = (accountId: string): string => `${SENDERS}${accountId}`;
/** @param phoneNumber E.164; there is one stream in the whole system for it. */
export const numberStream = (phoneNumber: string): string => `${NUMBER}${phoneNumber.slice(1)}`;

export const isTeamStream = (stream: string): boolean => stream.startsWith(TEAM);
export const isMessageStream = (stream: string): boolean => stream.startsWith(MESSAGE);

/** The id after the category. */
export const idInStream = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
export const isContactsStream = (stream: string): boolean => stream.startsWith(CONTACTS);
export const isSendersStream = (stream: string): boolean => stream.startsWith(SENDERS);
export const isNumberStream = (stream: string): boolean => stream.startsWith(NUMBER);
