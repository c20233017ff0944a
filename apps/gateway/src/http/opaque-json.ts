import { Transform } from 'class-transformer';

/*
 * Metadata is the caller's own JSON. Nest's pipe and class-transformer would walk through it, drop
 * names such as `constructor` and trip over their values; neither looks into a function.
 */

/** A body whose objects are hidden in functions. */
export function seal(body: object): object {
  const fields = Object.entries(body).map(([name, value]: [string, unknown]) => {
    return [name, isObject(value) ? () => value : value] as const;
  });
  return Object.fromEntries(fields);
}

/** Gives a field the object back that {@link seal} hid. JSON itself holds no functions. */
export function Unsealed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'function' ? (value as () => unknown)() : value,
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
