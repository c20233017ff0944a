import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { usedRanges } from './lmdb-pages';

/** A text that a file has, byte for byte. */
export interface Trace {
  /** Inside the folder. */
  readonly file: string;
  readonly text: string;
}

/** Where in a folder texts are, in any of the forms in which somebody might have kept them. */
export function tracesIn(folder: string, texts: readonly string[]): Trace[] {
  return filesIn(folder).flatMap((file) => {
    const bytes = readFileSync(join(folder, file));
    return textsIn(bytes, texts).map((text) => ({ file, text }));
  });
}

/** Those that an LMDB file has where it is in use, and not only in pages that it has given up. */
export function textsInUse(file: string, texts: readonly string[]): string[] {
  const bytes = readFileSync(file);
  const used = usedRanges(file).map(({ start, bytes: length }) =>
    bytes.subarray(start, start + length),
  );
  return textsIn(Buffer.concat(used), texts);
}

function textsIn(bytes: Buffer, texts: readonly string[]): string[] {
  return texts.filter((text) => formsOf(text).some((form) => bytes.includes(form)));
}

/** As it is, without capitals, backwards, as JSON, in Base64 and in other encodings. */
function formsOf(text: string): Buffer[] {
  const backwards = [...text].reverse().join('');
  const json = JSON.stringify(text).slice(1, -1);
  const written = [text, text.toLowerCase(), backwards, json, base64Of(text)];
  return written.flatMap((form) =>
    (['utf8', 'latin1', 'utf16le'] as const).map((encoding) => Buffer.from(form, encoding)),
  );
}

/** Without its end, which the bytes that follow may change. */
function base64Of(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .replace(/.{0,2}=*$/, '');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
}
