import { ID_ALPHABET, MICROS_MAX } from '@tollgate/domain';

const UNIX_MS_MAX = 8_640_000_000_000_000;
const METADATA_PROPERTIES_MAX = 50;

export const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;

export const commandId = { type: 'string', pattern: `^[0-7][${ID_ALPHABET}]{25}$` } as const;
export const teamId = { ...text(64), pattern: '^[A-Za-z0-9_]+$' } as const;
export const ownId = teamId;
export const unixMs = { type: 'integer', minimum: 0, maximum: UNIX_MS_MAX } as const;
export const micros = { type: 'integer', minimum: 0, maximum: MICROS_MAX } as const;
export const positiveMicros = { ...micros, minimum: 1 } as const;
export const signedMicros = { ...micros, minimum: -MICROS_MAX } as const;
export const creditLimit = { ...micros, type: ['integer', 'null'] } as const;
export const metadata = { type: 'object', maxProperties: METADATA_PROPERTIES_MAX } as const;

/** An object of these properties and no other; those named in `required` must be there. */
export function record<Properties extends object>(
  properties: Properties,
  required: readonly (keyof Properties & string)[] = [],
): object {
  return { type: 'object', additionalProperties: false, required, properties };
}
