import { ID_ALPHABET, MICROS_MAX } from '@tollgate/domain';

const UNIX_MS_MAX = 8_640_000_000_000_000;
/** As long as an id in a path of the HTTP API may be. */
const WANTED_ID_MAX = 300;

export const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
/** For people to read. The gateway counts a sign with its variation selector as one character. */
export const label = (maxLength: number): ReturnType<typeof text> => text(2 * maxLength);
/** Of a field that null takes away. */
export const orNull = <Schema extends { readonly type: string }>(schema: Schema) =>
  ({ ...schema, type: [schema.type, 'null'] }) as const;

export const commandId = { type: 'string', pattern: `^[0-7][${ID_ALPHABET}]{25}$` } as const;
/** The id of something new, or of something that is known to be there. */
export const ownId = { ...text(64), pattern: '^[A-Za-z0-9_]+$' } as const;
/** The id of something that is looked up: what nobody has is refused, not malformed. */
export const wantedId = { type: 'string', maxLength: WANTED_ID_MAX } as const;
export const recipient = {
  type: 'string',
  pattern: `^rcp_[${ID_ALPHABET}]{26}$`,
  description: 'Keyed hash of the account and whom the identifier reaches.',
} as const;
export const phoneNumber = { type: 'string', pattern: '^\\+[1-9][0-9]{1,14}$' } as const;
export const flag = { type: 'boolean' } as const;
export const unixMs = { type: 'integer', minimum: 0, maximum: UNIX_MS_MAX } as const;
export const micros = { type: 'integer', minimum: 0, maximum: MICROS_MAX } as const;
export const positiveMicros = { ...micros, minimum: 1 } as const;
export const signedMicros = { ...micros, minimum: -MICROS_MAX } as const;
export const creditLimit = { ...micros, type: ['integer', 'null'] } as const;

/** An object of these properties and no other; those named in `required` must be there. */
export function record<Properties extends object>(
  properties: Properties,
  required: readonly (keyof Properties & string)[] = [],
): object {
  return closed(properties, required);
}

/** The record that holds a `Type`: one that lacks a field of it does not compile. */
export function recordOf<Type extends object>(
  properties: { readonly [Name in keyof Type]-?: object },
  required: readonly (keyof Type & string)[] = [],
): object {
  return closed(properties, required);
}

function closed(properties: object, required: readonly string[]): object {
  return { type: 'object', additionalProperties: false, required, properties };
}

/** What `then` says holds for objects whose `field` is `value`, not for those that lack it. */
export function variant(field: string, value: string, then: object): object {
  return { if: { required: [field], properties: { [field]: { const: value } } }, then };
}
