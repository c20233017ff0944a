import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { ResolveHost } from './resolve-host';

export interface GuardedConnectorOptions {
  readonly resolve: ResolveHost;
  readonly isAllowed: (address: string) => boolean;
  /** For the connection and its encryption. */
  readonly timeoutMs: number;
}

/** A host leads to addresses that must not be called, and to no other. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
  readonly code = 'FORBIDDEN_ADDRESS';

  constructor() {
    super('the host is not in the public Internet');
  }
}

/** A host may have so many addresses; each could be tried in turn. */
const ADDRESSES_MAX = 8;

/**
 * Connects to allowed addresses only. A name is resolved once, and what is connected to are the
 * addresses that were checked: a name server can't answer differently in between.
 */
export function guardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const { isAllowed, timeoutMs } = options;
  const lookup = guardedLookup(options);
  const connect = buildConnector({ timeout: timeoutMs, lookup, allowH2: false });
  return (target, callback) => {
    // An address is connected to without a lookup.
    if (isIP(target.hostname) !== 0 && !isAllowed(target.hostname)) {
      return callback(new ForbiddenAddress(), null);
    }
    connect(target, (...[failure, socket]) => {
      if (failure !== null) return callback(failure, null);
      if (isAllowed(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(new ForbiddenAddress(), null);
    });
  };
}

function guardedLookup({ resolve, isAllowed }: GuardedConnectorOptions): LookupFunction {
  const addressesOf = async (hostname: string): Promise<readonly string[]> => {
    const addresses = (await resolve(hostname)).filter(isAllowed).slice(0, ADDRESSES_MAX);
    if (addresses.length === 0) throw new ForbiddenAddress();
    return addresses;
  };
  return (hostname, { all }, callback) => {
    const answer = (addresses: readonly string[]): void => {
      const found = addresses.map((address) => ({ address, family: isIP(address) }));
      const [first] = found;
      if (all === true) callback(null, found);
      else callback(null, first!.address, first!.family);
    };
    addressesOf(hostname).then(answer, (failure: Error) => callback(failure, ''));
  };
}
