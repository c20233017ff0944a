import { createHmac } from 'node:crypto';
import { signatureOf } from './signature';

const body = '{"id":"evt_1","type":"message.sent"}';
const secret = 'whsec_dGhlIHNlY3JldCBvZiBhIHNwZWM';
const at = 1_767_225_600_999;

/* Made with OpenSSL: `openssl dgst -sha256 -hmac <secret>` over `body` and `1767225600.{body}`. */
const v1 = '4e964d4019fbab2be7f0795ed96e866d3b414668e06b5aa61e4bbd51121ffa7c';
const v2 = 'fdc02c3eb7f065ffff52c020e1f42e5cd5a25766e97732d0846af0f80da0ec4a';

describe('a signature', () => {
  it('of version 1 signs the body', () => {
    const signature = signatureOf({ body, secret, signatureVersion: 'v1', at });
    expect(signature).toBe(`t=1767225600,v1=${v1}`);
  });

  it('of version 2 signs the time and the body', () => {
    const signature = signatureOf({ body, secret, signatureVersion: 'v2', at });
    expect(signature).toBe(`t=1767225600,v2=${v2}`);
  });

  it('can be of both, so that a receiver may change over', () => {
    const signature = signatureOf({ body, secret, signatureVersion: 'v1+v2', at });
    expect(signature).toBe(`t=1767225600,v1=${v1},v2=${v2}`);
  });

  it('is another one a second later, of version 2 alone', () => {
    const later = { body, secret, at: at + 1_000 } as const;
    const second = signatureOf({ ...later, signatureVersion: 'v2' });
    expect(second).toMatch(/^t=1767225601,v2=[0-9a-f]{64}$/);
    expect(second).not.toContain(v2);
    expect(signatureOf({ ...later, signatureVersion: 'v1' })).toBe(`t=1767225601,v1=${v1}`);
  });

  it('signs the bytes of the body, whatever letters it holds', () => {
    const text = '{"errorMessage":"não é possível ✉"}';
    const bytes = Buffer.from(text, 'utf8');
    const mac = createHmac('sha256', secret).update(bytes).digest('hex');
    const signature = signatureOf({ body: text, secret, signatureVersion: 'v1', at });
    expect(signature).toBe(`t=1767225600,v1=${mac}`);
  });
});
