import { CALLERS, type Caller, type TwoTeams } from '../two-teams';

type Body = object | ((teams: TwoTeams, caller: Caller) => object);

export interface Row {
  readonly method: string;
  readonly path: string;
  readonly expected: Readonly<Record<Caller, number>>;
  readonly body?: Body;
  /** What the request must have besides. */
  readonly query?: string;
  /** It can be done once only: everybody who may do it needs teams of their own. */
  readonly isOnce?: boolean;
}

type More = Pick<Row, 'body' | 'query' | 'isOnce'>;

/*
 * In the order of CALLERS. none: no key · operator: the operator's · revoked: the victim's, revoked
 * · stranger, strangerSub: another team's main and sub-account · sibling: the same team's · test,
 * own: the victim's · main: the victim's main account.
 */
function row(method: string, path: string, statuses: string, more: More = {}): Row {
  const named = statuses.split(' ').map((status, place) => [CALLERS[place]!, Number(status)]);
  return { method, path, expected: Object.fromEntries(named) as Row['expected'], ...more };
}

/** Something that each account does for itself. */
const each = (method: string, path: string, status: number, more?: More): Row =>
  row(method, path, `401 401 401${` ${status}`.repeat(6)}`, more);

/** Something that belongs to the victim: to everybody else it does not exist. */
const its = (method: string, path: string, status: number, more?: More): Row =>
  row(method, path, `401 401 401 404 404 404 ${status} ${status} 404`, more);

/** Something of the victim's main account, which sub-accounts may not touch. */
const ofMain = (method: string, path: string, status: number, more?: More): Row =>
  row(method, path, `401 401 401 404 403 403 403 403 ${status}`, more);

const byOperator = (method: string, path: string, status: number, body?: object): Row =>
  row(
    method,
    path,
    `401 ${status} 401 401 401 401 401 401 401`,
    body === undefined ? {} : { body },
  );

const digitOf = (caller: Caller): number => CALLERS.indexOf(caller);
const newChannel = (_: TwoTeams, caller: Caller): object => {
  return { channel: 'sms', identifier: `+1415555020${digitOf(caller)}` };
};

const contacts = [
  each('POST', '/v1/contacts', 201, {
    body: (teams, caller) => ({ channels: [newChannel(teams, caller)], displayName: 'New' }),
  }),
  each('GET', '/v1/contacts', 200),
  its('GET', '/v1/contacts/phone/{phoneNumber}', 200),
  its('GET', '/v1/contacts/{id}', 200),
  its('PATCH', '/v1/contacts/{id}', 200, { body: { displayName: 'Other' } }),
  its('DELETE', '/v1/contacts/{id}', 204, { isOnce: true }),
  its('POST', '/v1/contacts/{id}/merge', 200, {
    isOnce: true,
    body: ({ belongings: { sourceContactId } }) => ({ sourceContactId }),
  }),
  its('POST', '/v1/contacts/{id}/channels', 201, { body: newChannel }),
  its('PATCH', '/v1/contacts/{id}/channels/{channelId}', 200, { body: { label: 'Other' } }),
  its('DELETE', '/v1/contacts/{id}/channels/{channelId}', 204, { isOnce: true }),
  its('POST', '/v1/contacts/{id}/channels/{channelId}/primary', 200),
];

const senders = [
  each('POST', '/v1/senders', 201, { body: { name: 'New' } }),
  each('GET', '/v1/senders', 200),
  its('GET', '/v1/senders/{id}', 200),
  its('PATCH', '/v1/senders/{id}', 200, { body: { name: 'Other' } }),
  its('DELETE', '/v1/senders/{id}', 204, { isOnce: true }),
  its('POST', '/v1/senders/{id}/webhook/secret', 200),
];

const numbers = [
  each('GET', '/v1/phone-numbers/available', 200, { query: '?countryCode=US&limit=50' }),
  each('GET', '/v1/phone-numbers/requirements', 200, { query: '?countryCode=US' }),
  row('POST', '/v1/phone-numbers', '401 401 401 201 201 201 403 201 201', {
    body: (_, caller) => ({ phoneNumber: `+1800555010${digitOf(caller)}` }),
  }),
  each('GET', '/v1/phone-numbers', 200),
  its('GET', '/v1/phone-numbers/{id}', 200),
  its('PATCH', '/v1/phone-numbers/{id}', 200, { body: { name: 'Other' } }),
  its('DELETE', '/v1/phone-numbers/{id}', 204, { isOnce: true }),
];

const messages = [
  each('POST', '/v1/messages', 202, { body: { to: '+14155550123', text: 'Hello' } }),
  each('GET', '/v1/messages', 200),
  its('GET', '/v1/messages/{id}', 200),
  its('GET', '/v1/messages/{id}/attachments', 200),
  each('POST', '/v1/introspect/phone', 200, { body: { phoneNumber: '+14155550123' } }),
];

const subAccounts = [
  each('GET', '/v1/balance', 200),
  each('GET', '/v1/me', 200),
  row('POST', '/v1/sub-accounts', '401 401 401 201 403 403 403 403 201', { body: { name: 'New' } }),
  row('GET', '/v1/sub-accounts', '401 401 401 200 403 403 403 403 200'),
  ofMain('GET', '/v1/sub-accounts/{id}', 200),
  ofMain('PATCH', '/v1/sub-accounts/{id}', 200, { body: { name: 'New' } }),
  ofMain('DELETE', '/v1/sub-accounts/{id}', 200),
  ofMain('GET', '/v1/sub-accounts/{id}/balance', 200),
  ofMain('POST', '/v1/sub-accounts/{id}/api-keys', 201, { body: { name: 'N' } }),
  ofMain('GET', '/v1/sub-accounts/{id}/api-keys', 200),
  ofMain('DELETE', '/v1/sub-accounts/{id}/api-keys/{keyId}', 204),
];

const charges = [
  row('POST', '/billing/v1/charges', '401 401 401 201 201 201 403 201 201', {
    body: { amount: 1 },
  }),
  row('POST', '/billing/v1/charges/batch', '401 401 401 200 200 200 403 200 200', {
    body: { charges: [{ amount: 1 }, { amount: 2 }] },
  }),
  row('POST', '/billing/v1/charges/{id}/refunds', '401 401 401 404 404 404 403 201 404'),
];

const operator = [
  byOperator('POST', '/operator/v1/teams', 201, { name: 'New' }),
  byOperator('GET', '/operator/v1/teams', 200),
  byOperator('GET', '/operator/v1/teams/{id}', 200),
  byOperator('POST', '/operator/v1/teams/{id}/top-ups', 201, { amount: 1 }),
  byOperator('POST', '/operator/v1/teams/{id}/adjustments', 201, { amount: -1, reason: 'Typing' }),
  byOperator('POST', '/operator/v1/teams/{id}/api-keys', 201, { name: 'New' }),
  byOperator('GET', '/operator/v1/teams/{id}/api-keys', 200),
  byOperator('DELETE', '/operator/v1/teams/{id}/api-keys/{keyId}', 204),
];

const forEverybody = '200 200 200 200 200 200 200 200 200';
/** No key opens it: a carrier signs what it tells. */
const forNobody = '401 401 401 401 401 401 401 401 401';

/** Every route, and what each kind of key is answered. */
export const routes: readonly Row[] = [
  row('GET', '/health/live', forEverybody),
  row('GET', '/health/ready', forEverybody),
  row('POST', '/carrier/v1/reports', forNobody, { body: {} }),
  ...subAccounts,
  ...contacts,
  ...senders,
  ...numbers,
  ...messages,
  ...charges,
  ...operator,
];
