import { createHash } from 'node:crypto';
import { AppendCodec, type AppendToEncode } from './append-codec';
import { COMPRESSION_DICTIONARY } from './compression-dictionary';

const TEXTS = [
  '',
  'plain',
  'x'.repeat(48),
  'x'.repeat(49),
  'é'.repeat(48),
  'žluťoučký 🐎 \u0000 \u2028',
  'y'.repeat(85),
  'y'.repeat(86),
  'y'.repeat(21_845),
  '🐎'.repeat(21_846),
  'z'.repeat(70_000),
];

function appendOf(texts: readonly string[], firstRevision = 0): AppendToEncode {
  const events = texts.map((text) => ({ id: text, type: 'T', data: text, metadata: text }));
  return { stream: 'team-1', firstRevision, events };
}

describe('append codec', () => {
  const codec = new AppendCodec();

  it.each(TEXTS)('given text %#, when encoded and decoded, then it is the same', (text) => {
    const decoded = codec.decode(codec.encode(appendOf([text])));

    expect(decoded).toEqual(['team-1', 0, text, 'T', text, text]);
  });

  it.each([0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 52])(
    'given revision %i, then it is kept',
    (revision) => {
      expect(codec.decode(codec.encode(appendOf(['x'], revision)))[1]).toBe(revision);
    },
  );

  it('given appends that fill its memory many times over, then each is kept', () => {
    const big = appendOf(Array.from({ length: 90 }, (_, n) => String(n).repeat(3_000)));
    const encoded = Array.from({ length: 9 }, (_, n) => codec.encode({ ...big, firstRevision: n }));

    expect(encoded.map((bytes) => codec.decode(bytes)[1])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    codec.reset();
    expect(codec.decode(codec.encode(appendOf(['after'])))[2]).toBe('after');
  });

  it('given a buffer that goes on after the value, when its size is told, then it is read', () => {
    const bytes = codec.encode(appendOf(['x']));
    const longer = Buffer.concat([bytes, Buffer.from('rest')]);

    expect(codec.decode(longer, bytes.length)[2]).toBe('x');
  });

  it('given any changed byte, when decoded, then it is refused', () => {
    const bytes = Buffer.from(codec.encode(appendOf(['some', 'text'])));
    for (let at = 0; at < bytes.length; at += 1) {
      const tampered = Buffer.from(bytes);
      tampered[at]! ^= 1;
      expect(() => codec.decode(tampered)).toThrow(/format|checksum/);
    }
    expect(() => codec.decode(bytes.subarray(0, 4))).toThrow('format');
  });

  it('given format 1, then its bytes and its dictionary stay as they are', () => {
    const { stream, ...rest } = appendOf(['a', 'é']);
    const hex = codec.encode({ stream, ...rest }).toString('hex');

    expect(hex).toBe(
      '014b39e56ddd0000000ad9067465616d2d31ce00000000d90161d90154d9' +
        '0161d90161d902c3a9d90154d902c3a9d902c3a9',
    );
    const dictionary = createHash('sha256').update(COMPRESSION_DICTIONARY).digest('hex');
    expect(dictionary).toBe('098e79f7c0413ed79a42ff17e089c5bcd7609f1207b9125783271b51bc51be6d');
  });
});
