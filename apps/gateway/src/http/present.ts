/** Fields that are there only if they have a value. */
export type Present<Fields extends object> = {
  readonly [Name in keyof Fields]?: NonNullable<Fields[Name]>;
};

/** Leaves out what has no value: that is how the mirrored API says so, with few exceptions. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  // A plain loop: lists call this several times for each row.
  const known: Partial<Fields> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== null) known[name] = value;
  }
  return known as Present<Fields>;
}
