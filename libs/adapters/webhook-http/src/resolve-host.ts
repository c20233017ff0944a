import { Resolver, lookup } from 'node:dns/promises';

/** The addresses that a host name has. @throws Error it has none, or nobody can say. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

const TIMEOUT_MS = 3_000;
const TRIES = 2;

/**
 * Asks name servers, and neither the hosts file nor the search list of this machine. It does not
 * use the threads that files are written with either, which a slow name server could keep busy.
 */
export function publicResolver(): ResolveHost {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  return async (hostname) => {
    const answers = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    const addresses = answers.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    const [first] = answers;
    if (addresses.length === 0 && first.status === 'rejected') throw first.reason;
    return addresses;
  };
}

/** As other programs on this machine do. */
export const systemResolver: ResolveHost = async (hostname) => {
  const found = await lookup(hostname, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};
