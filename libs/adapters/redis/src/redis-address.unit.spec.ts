import { parseAddress, redisAddressOf } from './redis-address';

describe('the address of a Redis', () => {
  it('given a URL, then its host, port, credentials and database', () => {
    expect(parseAddress({ url: 'redis://ann:p%40ss@redis.test:7000/2' })).toEqual({
      endpoints: [{ host: 'redis.test', port: 7000 }],
      access: { username: 'ann', password: 'p@ss', db: 2 },
    });
  });

  it('given only a host, then the usual port', () => {
    expect(parseAddress({ url: 'redis://[::1]' })).toEqual({
      endpoints: [{ host: '::1', port: 6379 }],
      access: {},
    });
  });

  it('given a URL with rediss, then TLS', () => {
    expect(parseAddress({ url: 'rediss://redis.test' }).access).toEqual({ tls: {} });
    const tls = { ca: 'certificate' };
    expect(parseAddress({ url: 'rediss://redis.test', tls }).access).toEqual({ tls });
  });

  it('given one URL or several, then a Redis or the nodes of a Cluster', () => {
    const [one, two] = ['redis://one.test', 'redis://two.test'];
    expect(redisAddressOf([` ${one}`])).toEqual({ url: one });
    expect(redisAddressOf([one!, ` ${two} `])).toEqual({ nodes: [one, two] });
    expect(() => parseAddress(redisAddressOf([]))).toThrow('missing');
  });

  it('given nodes, then all of them, with what the first says of access', () => {
    const nodes = ['redis://:secret@one.test:1', 'redis://two.test:2'];
    expect(parseAddress({ nodes })).toEqual({
      endpoints: [
        { host: 'one.test', port: 1 },
        { host: 'two.test', port: 2 },
      ],
      access: { password: 'secret' },
    });
  });

  it.each(['http://redis.test', 'redis.test:6379', ''])(
    'given %p, then refused, without showing it',
    (url) => {
      expect(() => parseAddress({ url })).toThrow('must be a redis:// or rediss:// URL');
    },
  );

  it('given none, then refused', () => {
    expect(() => parseAddress({})).toThrow('is missing');
    expect(() => parseAddress({ nodes: [] })).toThrow('is missing');
  });
});
