/**
 * An address without what must not be shown: user and password before the hosts, and whatever
 * options come after them. A password may hold an `@` that nobody encoded.
 */
export function shownAddress(address: string): string {
  const [, scheme = '', rest = ''] = /^([\w+]+:\/\/)(.*)$/s.exec(address) ?? [];
  const [hosts = ''] = rest.slice(rest.lastIndexOf('@') + 1).split(/[/?]/, 1);
  return scheme + hosts;
}
