import { check, object, type Check } from './shape';

/* What fields are made of. */

function matching(name: string, pattern: RegExp): Check<string> {
  return check((value, path) => {
    const isRight = typeof value === 'string' && pattern.test(value);
    return isRight ? [] : [`${path} is not ${name}: ${JSON.stringify(value)}`];
  });
}

export const text = matching('a text', /^[^]*$/);
export const someText = matching('a text that says something', /\S/);
export const phoneNumber = matching('E.164', /^\+[1-9]\d{6,14}$/);
export const email = matching('an e-mail address', /^\S+@\S+\.\S+$/);
export const country = matching('two letters', /^[A-Z]{2}$/);
export const url = matching('a URL', /^(https?:\/\/|data:)\S+$/);
export const webhookSecret = matching('a webhook secret', /^whsec_[\w-]{20,}$/);
export const isoTime = matching('an ISO time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** An id as Tollgate makes them: what it belongs to, then 26 characters that sort by time. */
export function idOf(prefix: string): Check<string> {
  return matching(`an id with ${prefix}_`, new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`));
}

export const flag: Check<boolean> = check((value, path) =>
  typeof value === 'boolean' ? [] : [`${path} is neither true nor false`],
);

/** Money in dollars, for one. */
export const amount: Check<number> = check((value, path) =>
  Number.isFinite(value) && Number(value) >= 0 ? [] : [`${path} is no amount: ${String(value)}`],
);

export const count: Check<number> = check((value, path) =>
  Number.isSafeInteger(value) && Number(value) >= 0
    ? []
    : [`${path} is no count: ${String(value)}`],
);

export const nothing: Check<null> = check((value, path) =>
  value === null ? [] : [`${path} is not null`],
);

export function orNull<Value>({ problems }: Check<Value>): Check<Value | null> {
  return check((value, path) => (value === null ? [] : problems(value, path)));
}

export function oneOf<const Value extends string>(...values: readonly Value[]): Check<Value> {
  return check((value, path) =>
    values.includes(value as Value)
      ? []
      : [`${path} is none of ${values.join()}: ${String(value)}`],
  );
}

export function listOf<Item>({ problems }: Check<Item>): Check<Item[]> {
  return check((value, path) => {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item, place) => problems(item, `${path}.${place}`));
  });
}

export const textMap: Check<Record<string, string>> = check((value, path) => {
  if (typeof value !== 'object' || value === null) return [`${path} is no object`];
  const wrong = Object.entries(value).filter(([, entry]) => typeof entry !== 'string');
  return wrong.map(([name]) => `${path}.${name} is no text`);
});

/** Whatever object was given comes back; what is in it is for the spec to compare. */
export function asGiven<Value extends object>(): Check<Value> {
  return check((value, path) =>
    typeof value === 'object' && value !== null ? [] : [`${path} is no object`],
  );
}

/** A page as it comes, before the client makes an empty text of the last one's null. */
export function pageOf<Item>(
  item: Check<Item>,
): Check<{ items: Item[]; nextCursor: string | null }> {
  return object<{ items: Item[]; nextCursor: string | null }>({
    items: listOf(item),
    nextCursor: orNull(someText),
  });
}
