import { brokenUrlRule } from './url-rules';

const broken = (urls: readonly string[], allowPrivate = false): (string | undefined)[] =>
  urls.map((url) => brokenUrlRule(url, { allowPrivate }));

describe("a webhook's URL", () => {
  it.each([
    'https://example.com',
    'https://hooks.example.com:8443/tollgate?tenant=7#part',
    'https://EXAMPLE.com./',
    'https://8.8.8.8/hook',
    'https://134744072/',
    'https://[2606:4700:4700::1111]/hook',
    'https://notlocalhost.example.com/',
    'https://internal.example.com/',
    'https://xn--bcher-kva.example/',
  ])('may be %s', (url) => {
    expect(brokenUrlRule(url)).toBeUndefined();
  });

  it.each(['', 'example.com/hook', '/hook', 'https://', 'https://1.2.3.4.5/', 'https://[::1'])(
    'is valid, as %p is not',
    (url) => {
      expect(brokenUrlRule(url)).toBe('valid');
    },
  );

  it('is not endless', () => {
    const url = `https://example.com/${'a'.repeat(2_048)}`;
    expect(brokenUrlRule(url.slice(0, 2_048))).toBeUndefined();
    expect(brokenUrlRule(url)).toBe('valid');
  });

  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    'gopher://example.com/',
    'ws://example.com/',
  ])('is https, as %s is not', (url) => {
    expect(brokenUrlRule(url)).toBe('https');
  });

  it('has no credentials', () => {
    const urls = ['https://user@example.com/', 'https://user:password@example.com/'];
    expect(broken(urls)).toEqual(['no_credentials', 'no_credentials']);
    expect(broken(urls, true)).toEqual(['no_credentials', 'no_credentials']);
  });

  it.each([
    ['localhost', ['https://localhost/', 'https://LOCALHOST./', 'https://a.localhost:8080/']],
    ['a private name', ['https://db.internal/', 'https://metadata.google.internal/']],
    ['a name of a link', ['https://printer.local/', 'https://printer.local./', 'https://nas.lan']],
    ['a single word', ['https://redis/', 'https://redis./', 'https://kafka:9092/']],
    ['a private address', ['https://127.0.0.1/', 'https://10.1.2.3/', 'https://192.168.1.1:8443/']],
    ['metadata of a cloud', ['https://169.254.169.254/latest/meta-data/']],
    ['decimal', ['https://2130706433/', 'https://2852039166/']],
    ['octal', ['https://0177.0.0.1/', 'https://017700000001/']],
    ['hexadecimal', ['https://0x7f.0.0.1/', 'https://0x7f000001/', 'https://0xA9FEA9FE/']],
    ['short', ['https://127.1/', 'https://0/', 'https://10.1/']],
    ['with a trailing dot', ['https://127.0.0.1./', 'https://0x7f.1./']],
    ['in other digits', ['https://１２７.０.０.１/', 'https://①②⑦.⓪.⓪.①/']],
    ['in percent signs', ['https://%31%32%37.0.0.1/', 'https://loc%61lhost/']],
    ['IPv6', ['https://[::1]/', 'https://[::]/', 'https://[fe80::1]/', 'https://[fd00:ec2::254]/']],
    ['IPv4 within IPv6', ['https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/']],
    ['IPv4 behind a gateway', ['https://[64:ff9b::10.0.0.1]/', 'https://[2002:7f00:1::]/']],
    ['IPv4 in the old way', ['https://[::127.0.0.1]/']],
  ])('names a public host, as %s does not', (_kind, urls) => {
    expect(broken(urls)).toEqual(urls.map(() => 'public_host'));
  });

  it('may lead anywhere, also in the clear, where private receivers are allowed', () => {
    const urls = ['http://127.0.0.1:3000/', 'http://localhost/', 'https://redis/', 'http://[::1]/'];
    expect(broken(urls, true)).toEqual(urls.map(() => undefined));
    expect(broken(['ftp://localhost/', 'hook'], true)).toEqual(['https', 'valid']);
  });
});
