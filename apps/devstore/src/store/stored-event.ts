import { isUtf8 } from 'node:buffer';
import type { EventToAppend, RecordedEvent } from '@tollgate/ports';

export const JSON_CONTENT = 'application/json';
export const BINARY_CONTENT = 'application/octet-stream';
export const TOMBSTONE_TYPE = '$streamDeleted';

/** An event as a client sends it. */
export interface ProposedEvent {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

/** What the envelope says about an event that is stored. */
export interface Envelope {
  /** 100 ns ticks since 1970. */
  readonly created: string;
  readonly isJson: boolean;
  readonly isTombstone: boolean;
  readonly isDataBase64: boolean;
  /** Undefined when the event came without. */
  readonly metadata: { readonly text: string; readonly isBase64: boolean } | undefined;
}

/**
 * The log keeps text, and the envelope says what the text stands for. Its fields have fixed places,
 * so that readers need not parse it: created in 17 digits, then one letter each for the content,
 * the data and the metadata.
 */
const BEFORE_CREATED = '{"created":"';
const BEFORE_FORM = '","form":"';
const BEFORE_METADATA = '","metadata":';
const CREATED_DIGITS = 17;
const CREATED_AT = BEFORE_CREATED.length;
const FORM_AT = CREATED_AT + CREATED_DIGITS + BEFORE_FORM.length;
const METADATA_AT = FORM_AT + 3 + BEFORE_METADATA.length;

const JSON_FORM = 'j';
const BINARY_FORM = 'b';
const TOMBSTONE_FORM = 'x';
const TEXT = 't';
const BASE64 = '6';
const NONE = 'n';

/** 100 ns ticks since 1970, as the log keeps them. */
export const ticksOf = (ms: number): string => `${ms}0000`;
export const millisecondsOf = (ticks: string): number => Number(ticks.slice(0, -4));

export function toStore(event: ProposedEvent, created: string): EventToAppend {
  const { id, type, isJson, data, metadata } = event;
  const isText = isJson && isUtf8(data);
  const form = (isJson ? JSON_FORM : BINARY_FORM) + (isText ? TEXT : BASE64);
  const stored = isText ? data.toString() : data.toString('base64');
  return { id, type, data: stored, metadata: envelope(created, form, metadata) };
}

/** The mark that ends a stream for ever. */
export function tombstone(id: string, created: string): EventToAppend {
  const metadata = envelope(created, TOMBSTONE_FORM + TEXT, Buffer.alloc(0));
  return { id, type: TOMBSTONE_TYPE, data: '', metadata };
}

export function openEnvelope(event: RecordedEvent): Envelope {
  const { metadata } = event;
  const content = metadata[FORM_AT];
  return {
    created: metadata.slice(CREATED_AT, CREATED_AT + CREATED_DIGITS),
    isJson: content === JSON_FORM,
    isTombstone: content === TOMBSTONE_FORM,
    isDataBase64: metadata[FORM_AT + 1] === BASE64,
    metadata: metadataOf(metadata),
  };
}

function envelope(created: string, form: string, metadata: Buffer): string {
  const head = BEFORE_CREATED + created + BEFORE_FORM + form;
  if (metadata.length === 0) return `${head}${NONE}${BEFORE_METADATA}null}`;
  if (isUtf8(metadata)) return `${head}${TEXT}${BEFORE_METADATA}${metadata.toString()}}`;
  return `${head}${BASE64}${BEFORE_METADATA}"${metadata.toString('base64')}"}`;
}

function metadataOf(envelope: string): Envelope['metadata'] {
  const form = envelope[FORM_AT + 2];
  if (form === NONE) return undefined;
  if (form === TEXT) return { text: envelope.slice(METADATA_AT, -1), isBase64: false };
  return { text: envelope.slice(METADATA_AT + 1, -2), isBase64: true };
}
