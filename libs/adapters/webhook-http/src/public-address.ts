import ipaddr from 'ipaddr.js';

/** Where a cloud's own services answer, though the range is for everybody. */
const SERVICES_OF_CLOUDS: readonly string[] = ['168.63.129.16'];
/** The only part of IPv6 that addresses of the Internet are given out from. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Whether an address is one of the public Internet. Private, loopback, link-local, shared,
 * multicast and reserved ones are not, nor is an IPv6 address that stands for such an IPv4 one.
 * @param text an address as a socket or a resolver tells it; anything else is not public.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return isPublicIPv4(address);
  // The zone says that it is an address of a link.
  if (!(address instanceof ipaddr.IPv6) || address.zoneId !== undefined) return false;
  const embedded = embeddedIn(address);
  if (embedded !== undefined) return isPublicIPv4(embedded);
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST);
}

function isPublicIPv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !SERVICES_OF_CLOUDS.includes(address.toString());
}

/** The IPv4 address that packets to this one go to in the end, if they do. */
function embeddedIn(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  if (address.match(NAT64)) return new ipaddr.IPv4(bytes.slice(12));
  return address.range() === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : undefined;
}
