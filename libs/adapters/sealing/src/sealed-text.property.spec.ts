import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { openText, sealText, subjectOf } from './sealed-text';

const KEY = randomBytes(32);
const subjects = fc.string({ minLength: 1, maxLength: 40 });
const texts = fc.string({ maxLength: 300, unit: 'binary' });

const partsOf = (sealed: string): { readonly head: string; readonly bytes: Buffer } => {
  const end = sealed.lastIndexOf('.') + 1;
  return { head: sealed.slice(0, end), bytes: Buffer.from(sealed.slice(end), 'base64url') };
};

describe('a sealed text', () => {
  it('names its subject, and opens to what it was', () => {
    fc.assert(
      fc.property(subjects, texts, (subject, text) => {
        const sealed = sealText(KEY, subject, text);

        expect(subjectOf(sealed)).toBe(subject);
        expect(openText(KEY, subject, sealed)).toBe(text);
      }),
    );
  });

  it('opens under no other key', () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(key, texts, (other, text) => {
        expect(openText(other, 'con_1', sealText(KEY, 'con_1', text))).toBeUndefined();
      }),
    );
  });

  it('opens for no other subject', () => {
    fc.assert(
      fc.property(subjects, subjects, texts, (subject, other, text) => {
        fc.pre(subject !== other);
        const { bytes } = partsOf(sealText(KEY, subject, text));
        const moved = `${other}.${bytes.toString('base64url')}`;

        expect(openText(KEY, other, moved)).toBeUndefined();
      }),
    );
  });

  it('does not open when a single bit of it was changed', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 0, max: 7 }), (text, place, bit) => {
        const { head, bytes } = partsOf(sealText(KEY, 'con_1', text));
        bytes[place % bytes.length]! ^= 1 << bit;

        expect(openText(KEY, 'con_1', head + bytes.toString('base64url'))).toBeUndefined();
      }),
    );
  });

  it('does not open when it was cut short, and never throws', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, length) => {
        const sealed = sealText(KEY, 'con_1', text);
        const cut = sealed.slice(0, 'con_1.'.length + (length % (sealed.length - 8)));

        expect(openText(KEY, 'con_1', cut)).toBeUndefined();
      }),
    );
  });

  it('is never the same twice', () => {
    const sealed = Array.from({ length: 5_000 }, () => sealText(KEY, 'con_1', 'the same'));

    expect(new Set(sealed.map((each) => each.slice(0, 'con_1.'.length + 16))).size).toBe(5_000);
  });
});
