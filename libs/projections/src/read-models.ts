import { contactsStream, numberStream, sendersStream, teamStream } from '@tollgate/contracts';
import type {
  ContactChannelKind,
  Environment,
  JsonObject,
  NumberTerms,
  Sealed,
  SenderWebhook,
} from '@tollgate/domain';
import type { Row } from '@tollgate/ports';

/* Rows of the read models, their keys and their indexes. Amounts are micros, times Unix ms. */

export interface TeamRow extends Row {
  readonly id: string;
  readonly name: string;
  readonly currency: 'usd';
  readonly mainAccountId: string;
  readonly balance: number;
  readonly held: number;
  readonly createdAt: number;
}

export interface AccountRow extends Row {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly status: 'active' | 'suspended' | 'deactivated';
  readonly creditLimit: number | null;
  readonly totalSpent: number;
  readonly held: number;
  readonly externalId: string | null;
  readonly metadata: JsonObject | null;
  readonly createdAt: number;
}

export interface ApiKeyRow extends Row {
  readonly id: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly name: string;
  readonly prefix: string;
  readonly environment: Environment;
  readonly permissions: readonly string[] | null;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

/** Found by the hash of a secret: which key it is. Whether that is revoked, its own row says. */
export interface SecretRow extends Row {
  readonly keyId: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly environment: Environment;
}

export interface MessageRow extends Row {
  readonly id: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly chargeId: string;
  /** Null, as `content` is, when the two are sealed. */
  readonly to: string | null;
  readonly channel: string;
  readonly messageType: string;
  readonly environment: Environment;
  readonly content: JsonObject | null;
  /** `{to, content}`: whoever reads the row opens it, unless the recipient was erased. */
  readonly sealed: Sealed | null;
  readonly recipient: string | null;
  readonly senderId: string | null;
  readonly cost: number;
  readonly status: 'queued' | 'sent' | 'delivered' | 'failed';
  readonly providerMessageId: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * A contact, opened. What changes by itself is a field of its own: `channel/{channelId}`,
 * `label/{channelId}`, `metadata/{channelId}`, `verified/{channelId}` and `primary/{channelId}`.
 * They are missing while there is nothing to say, all null once the channel was removed, and none
 * is there of a channel whose address can't be opened any more. Read them through `channelsOf`.
 */
export interface ContactRow extends Row {
  readonly id: string;
  readonly accountId: string;
  readonly displayName: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly defaultChannel: ContactChannelKind | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The field `channel/{channelId}` of a contact. */
export interface ContactChannelField {
  readonly id: string;
  readonly channel: ContactChannelKind;
  readonly identifier: string;
  readonly countryCode: string | null;
  readonly createdAt: number;
}

export interface SenderRow extends Row {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly numberId: string | null;
  readonly smsOneway: boolean;
  readonly voice: boolean;
  /* Of its e-mail, field by field: an update names those that it changes. */
  readonly emailAddress: string | null;
  readonly emailDomainId: string | null;
  readonly emailFromName: string | null;
  readonly emailReceivingEnabled: boolean | null;
  readonly emailCatchAllEnabled: boolean | null;
  /** Read the two of them through `webhookOf`: a new secret changes the version alone. */
  readonly webhook: Omit<SenderWebhook, 'secretVersion'> | null;
  readonly secretVersion: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What all senders of an account have in common. */
export interface SendersRow extends Row {
  readonly defaultSenderId: string | null;
}

/** A number that an account owns. Prices are micros. */
export interface NumberRow extends Row, NumberTerms {
  readonly id: string;
  readonly accountId: string;
  readonly phoneNumber: string;
  readonly name: string | null;
  readonly senderId: string | null;
  readonly status: 'active' | 'suspended';
  readonly suspendedBecause: string | null;
  readonly paidUntil: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Who holds a phone number, in the whole system. */
export interface NumberClaimRow extends Row {
  readonly numberId: string;
}

/** Raise it whenever rows, keys or indexes change: read models are then built anew. */
export const READ_MODELS_VERSION = 4;

/** All that belongs to a team is named after its stream, in braces: kept together in a cluster. */
const ofTeam =
  (kind: string) =>
  (teamId: string, id: string): string =>
    `{${teamStream(teamId)}}/${kind}/${id}`;

export const teamKey = (teamId: string): string => ofTeam('team')(teamId, teamId);
export const accountKey = ofTeam('account');
export const apiKeyKey = ofTeam('api-key');
export const messageKey = ofTeam('message');
/** Rows that those who let keys in may hold on to for a moment. */
export const isAccessRow = (key: string): boolean => key.includes('}/api-key/');
/** Whose key it is can't be told before it is read; written once, and never changed. */
export const secretKey = (secretHash: string): string => `secret/${secretHash}`;

export const teamsIndex = 'teams';
export const subAccountsIndex = (teamId: string): string => ofTeam('sub-accounts')(teamId, teamId);
export const apiKeysIndex = ofTeam('api-keys');
/** Sort keys are places in the log, 16 digits; so they are wherever nothing else is said. */
export const messagesIndex = ofTeam('messages');
/**
 * Sort keys are the ids of the messages: what moves a message from one status to another does not
 * know the place of its charge. Ids that the gateway draws sort by time; what internal producers
 * name otherwise is listed all the same, only not by its age.
 */
export const messagesByStatusIndex = (teamId: string, accountId: string, status: string): string =>
  `${messagesIndex(teamId, accountId)}/status/${status}`;
export const messagesByChannelIndex = (
  teamId: string,
  accountId: string,
  channel: string,
): string => `${messagesIndex(teamId, accountId)}/channel/${channel}`;
/** @param recipient keyed hash, see the port `Sealing`. */
export const messagesToIndex = (teamId: string, accountId: string, recipient: string): string =>
  `${messagesIndex(teamId, accountId)}/to/${recipient}`;

/* A contact is listed in many places: these names are as short as may be. */
const ofContacts = (accountId: string, name: string): string =>
  `{${contactsStream(accountId)}}/${name}`;

export const contactKey = (accountId: string, contactId: string): string =>
  ofContacts(accountId, `contact/${contactId}`);
export const contactsIndex = (accountId: string): string => ofContacts(accountId, 'contacts');
/**
 * Sort keys: `{recipient}{TERM_END}{position}`; one for each channel. The position is where the log
 * has the contact, or the channel when it came later.
 */
export const contactsByAddressIndex = (accountId: string): string =>
  ofContacts(accountId, 'by-address');
/**
 * Sort keys: `{term}{TERM_END}{contactId}`; see `search-terms.ts`. The gateway draws ids in the
 * order of time.
 */
export const contactsSearchIndex = (accountId: string): string => ofContacts(accountId, 'search');
/** Below every character that a term may have. */
export const TERM_END = '\u0001';

const ofSenders =
  (kind: string) =>
  (accountId: string, id: string): string =>
    `{${sendersStream(accountId)}}/${kind}/${id}`;

export const sendersKey = (accountId: string): string => ofSenders('account')(accountId, accountId);
export const senderKey = ofSenders('sender');
export const sendersIndex = (accountId: string): string =>
  ofSenders('senders')(accountId, accountId);
export const numberKey = ofSenders('number');
export const numbersIndex = (accountId: string): string =>
  ofSenders('numbers')(accountId, accountId);
/** Sort keys are the ids of the numbers, as with messages. */
export const numbersByStatusIndex = (accountId: string, status: string): string =>
  `${numbersIndex(accountId)}/status/${status}`;

export const numberClaimKey = (phoneNumber: string): string =>
  `{${numberStream(phoneNumber)}}/claim/${phoneNumber}`;
