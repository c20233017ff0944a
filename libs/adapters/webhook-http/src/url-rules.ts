import { isIP } from 'node:net';
import { isPublicAddress } from './public-address';

/** What a webhook's URL must be; the rule that one breaks says why it is refused. */
export type UrlRule =
  /** It can be parsed, and has at most 2,048 characters. */
  | 'valid'
  /** `https`; where private receivers are allowed, also `http`. */
  | 'https'
  /** No user name and no password, which would end up in logs. */
  | 'no_credentials'
  /** Neither a private address nor a name that only private networks know. */
  | 'public_host';

export interface UrlRules {
  /** Receivers in private networks, and without encryption. @default false */
  readonly allowPrivate?: boolean;
}

const LENGTH_MAX = 2_048;
/** Names that never lead to the Internet, and all that end in them. */
const PRIVATE_NAMES: readonly string[] = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'home.arpa',
  'lan',
];

/**
 * The first rule that a webhook's URL breaks; undefined for one that may be called. It looks at the
 * URL alone: what its name leads to is checked at every call.
 */
export function brokenUrlRule(text: string, rules: UrlRules = {}): UrlRule | undefined {
  const { allowPrivate = false } = rules;
  if (text.length > LENGTH_MAX || !URL.canParse(text)) return 'valid';
  const url = new URL(text);
  if (!schemes(allowPrivate).includes(url.protocol)) return 'https';
  if (url.username + url.password !== '') return 'no_credentials';
  return allowPrivate || isPublicHost(url.hostname) ? undefined : 'public_host';
}

const schemes = (allowPrivate: boolean): readonly string[] =>
  allowPrivate ? ['https:', 'http:'] : ['https:'];

/** By now every way to write an IPv4 address (decimal, octal, hexadecimal, short) is one. */
function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? isPublicName(host.replace(/\.$/, '')) : isPublicAddress(host);
}

function isPublicName(name: string): boolean {
  const isPrivate = PRIVATE_NAMES.some((known) => name === known || name.endsWith(`.${known}`));
  return !isPrivate && name.includes('.');
}
