import type { ConnectionOptions } from 'node:tls';

export interface RedisAddress {
  /** One `redis://` or `rediss://` (TLS) URL, with credentials and database when needed. */
  readonly url?: string;
  /** URLs of some nodes of a Cluster; credentials and TLS are those of the first. */
  readonly nodes?: readonly string[];
  /** Certificates, and what else TLS needs beyond a URL with `rediss:`. */
  readonly tls?: ConnectionOptions;
}

export interface RedisEndpoint {
  readonly host: string;
  readonly port: number;
}

/** What all the connections to one address have in common. */
export interface RedisAccess {
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: ConnectionOptions;
}

const PORT = 6379;

/** One URL is a Redis, several are nodes of a Cluster. */
export function redisAddressOf(urls: readonly string[]): RedisAddress {
  const trimmed = urls.map((url) => url.trim());
  const [url] = trimmed;
  if (url === undefined || trimmed.length > 1) return { nodes: trimmed };
  return { url };
}

/** @throws Error when a URL is not one of Redis, or none is given. */
export function parseAddress({ url, nodes, tls }: RedisAddress): {
  readonly endpoints: readonly RedisEndpoint[];
  readonly access: RedisAccess;
} {
  const urls = (nodes ?? (url === undefined ? [] : [url])).map(parseUrl);
  const [first] = urls;
  if (first === undefined) throw new Error('the address of a Redis is missing');
  const db = Number(first.pathname.slice(1));
  const isSecure = first.protocol === 'rediss:' || tls !== undefined;
  return {
    endpoints: urls.map(({ hostname, port }) => ({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || PORT),
    })),
    access: {
      ...(first.username ? { username: decodeURIComponent(first.username) } : {}),
      ...(first.password ? { password: decodeURIComponent(first.password) } : {}),
      ...(db > 0 ? { db } : {}),
      ...(isSecure ? { tls: { ...tls } } : {}),
    },
  };
}

/** The URL itself stays out of the error: it may hold a password. */
function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol)) {
    throw new Error('the address of a Redis must be a redis:// or rediss:// URL');
  }
  return url;
}
