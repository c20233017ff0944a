import { isPublicAddress } from './public-address';

describe('a public address', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80e::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['unspecified', ['0.0.0.0', '0.1.2.3', '::', '::0']],
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1']],
    ['private', ['10.0.0.0', '10.255.255.255', '172.16.0.1', '172.31.255.255']],
    ['private of homes', ['192.168.0.0', '192.168.255.255']],
    ['link-local', ['169.254.0.1', '169.254.255.255', 'fe80::1', 'fe80::1%eth0', 'febf::1']],
    ['shared by customers of a carrier', ['100.64.0.0', '100.127.255.255']],
    ['unique local', ['fc00::1', 'fd12:3456:789a::1', 'fdff:ffff::1']],
    ['site-local', ['fec0::1']],
    ['multicast', ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1']],
    ['broadcast', ['255.255.255.255']],
    ['reserved', ['192.0.0.8', '192.88.99.1', '240.0.0.1', '2001:db8::1', '3fff::1', '100::1']],
    ['for documents', ['192.0.2.1', '198.51.100.1', '203.0.113.1']],
    ['for measurements', ['198.18.0.1', '198.19.255.255', '2001:2::1']],
    ['a tunnel', ['2001:0:53aa:64c::1', '2001:20::1', '2001:3::1']],
    ['not given out', ['::127.0.0.1', '::808:808', '4000::1', '1000::1', '::ffff:0:8.8.8.8']],
    ['a network of its own behind NAT64', ['64:ff9b:1::1', '64:ff9b:1::8.8.8.8']],
  ])('is none that is %s', (_kind, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it.each([
    ['169.254.169.254', 'AWS, Azure, Google'],
    ['fd00:ec2::254', 'AWS'],
    ['100.100.100.200', 'Alibaba'],
    ['192.0.0.192', 'Oracle'],
    ['168.63.129.16', 'Azure'],
  ])('is not %s, where a cloud tells its secrets (%s)', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '::ffff:168.63.129.16',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b::169.254.169.254',
    '2002:7f00:1::',
    '2002:a00:1::1',
    '2002:a9fe:a9fe::1',
    '2002:c0a8:101::1',
  ])('is not %s, which stands for one that is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['', 'example.com', '8.8.8.8/32', '[::1]', '8.8.8.8:80'])(
    'is not %p, which is no address',
    (text) => {
      expect(isPublicAddress(text)).toBe(false);
    },
  );
});
