/** Fields that are there only if they have a value. */
export type Present<Fields extends object> = {
  readonly [Name in keyof Fields]?: NonNullable<Fields[Name]>;
};

/** Leaves out what has no value: that is how the mirrored API says so, with few exceptions. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known) as Present<Fields>;
}
