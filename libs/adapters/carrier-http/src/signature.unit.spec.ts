import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { sign, verifyReport } from './signature';

const secret = 'of-the-carrier';
const now = 1_767_571_200_000;
const seconds = now / 1_000;
const body = '{"messageId":"msg_1"}';

function headerAt(time: number | string, key = secret): string {
  const mac = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
  return `t=${time},v1=${mac}`;
}

describe('a signature', () => {
  it('is the HMAC of the time, a dot and the body', () => {
    expect(sign(body, secret, now + 999)).toBe(headerAt(seconds));
  });

  it('holds for the bytes that were signed, whatever they are', () => {
    const property = fc.property(fc.uint8Array(), fc.string({ minLength: 1 }), (bytes, key) => {
      expect(verifyReport(bytes, sign(bytes, key, now), key, now)).toBe(true);
      expect(
        verifyReport(Buffer.concat([bytes, bytes, Buffer.of(1)]), sign(bytes, key, now), key, now),
      ).toBe(false);
    });
    fc.assert(property);
  });

  it.each([-300, 0, 300])('holds at %d seconds', (offset) => {
    expect(verifyReport(body, headerAt(seconds + offset), secret, now)).toBe(true);
  });

  it.each([-301, 301, 1e9])('does not hold at %d seconds', (offset) => {
    expect(verifyReport(body, headerAt(seconds + offset), secret, now)).toBe(false);
  });

  it('holds when one of several does, as during a change of the secret', () => {
    const old = headerAt(seconds, 'old').slice(headerAt(seconds).indexOf('v1='));
    expect(verifyReport(body, `${headerAt(seconds)},${old}`, secret, now)).toBe(true);
    expect(
      verifyReport(body, `t=${seconds}, ${old}, ${headerAt(seconds).split(',')[1]}`, secret, now),
    ).toBe(true);
    expect(verifyReport(body, `t=${seconds},${old}`, secret, now)).toBe(false);
  });

  it.each([
    ['there is none', undefined],
    ['it is empty', ''],
    ['it has no time', headerAt(seconds).split(',')[1]],
    ['it has no code', `t=${seconds}`],
    ['it has two times', `t=${seconds},${headerAt(seconds)}`],
    ['its time is no whole number', headerAt(`${seconds}.0`)],
    ['its time is infinite', headerAt('Infinity')],
    ['its code is cut', headerAt(seconds).slice(0, -2)],
    ['its code is longer', `${headerAt(seconds)}00`],
    ['its code is in capitals', headerAt(seconds).toUpperCase()],
    ['its code is of another version', headerAt(seconds).replace('v1', 'v2')],
    ['it is a flood', `${headerAt(seconds)},${'v1=0,'.repeat(1_000)}`],
    ['it is of another secret', headerAt(seconds, 'another')],
  ])('does not hold when %s', (_what, header) => {
    expect(verifyReport(body, header, secret, now)).toBe(false);
  });
});
