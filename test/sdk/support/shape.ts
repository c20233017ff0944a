/** What is told of a value that is not right, each with its place. */
type Problems = (value: unknown, path: string) => readonly string[];

/** Tries a field of an answer; what it finds no problem with is a `Value`. */
export interface Field<Value, IsOptional extends boolean> {
  readonly isOptional: IsOptional;
  readonly problems: Problems;
  /** Never set: tells the compiler what the check is for. */
  readonly of?: Value;
}

/** For a field that must be there. */
export type Check<Value> = Field<Value, false>;

/** Required fields need a check; optional ones may be held to more than their type says. */
type FieldOf<Type, Name extends keyof Type> =
  object extends Pick<Type, Name>
    ? Field<Exclude<Type[Name], undefined>, boolean>
    : Check<Type[Name]>;

/** Every field that the client's type has: a shape that lacks one does not compile. */
export type Shape<Type> = { readonly [Name in keyof Type]-?: FieldOf<Type, Name> };

export function check<Value>(problems: Problems): Check<Value> {
  return { isOptional: false, problems };
}

/** A field that need not be there. */
export function optional<Value>({ problems }: Check<Value>): Field<Value, true> {
  return { isOptional: true, problems };
}

/** A field that the client knows and Tollgate never answers. */
export const absent: Field<never, true> = {
  isOptional: true,
  problems: (_, path) => [`${path} is there`],
};

/** An object with these fields, and no others. */
export function object<Type extends object>(shape: Shape<Type>): Check<Type> {
  const fields = new Map(Object.entries<Field<unknown, boolean>>(shape));
  return check((value, path) => {
    if (typeof value !== 'object' || value === null) return [`${path} is no object`];
    const unknown = Object.keys(value).filter((name) => !fields.has(name));
    return [
      ...unknown.map((name) => `${path}.${name} is not known to the client`),
      ...[...fields].flatMap(([name, field]) => {
        const found = (value as Readonly<Record<string, unknown>>)[name];
        if (found !== undefined) return field.problems(found, `${path}.${name}`);
        return field.isOptional ? [] : [`${path}.${name} is missing`];
      }),
    ];
  });
}

/** Fails with every field that is not as the client's types have it. */
export function expectShape<Value>(value: Value, { problems }: Check<Value>): Value {
  expect(problems(value, 'answer')).toEqual([]);
  return value;
}
