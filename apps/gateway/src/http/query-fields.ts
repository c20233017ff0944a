import { Transform } from 'class-transformer';

/* What a query writes otherwise than a body; these stand above the decorator of the field. */

/** An empty parameter counts as absent: the official client sends such. */
export function EmptyIsAbsent(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
}

/** A number in a query; what is no number stays what it is, for the rules to refuse. */
export function NumberInQuery(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (value === '') return undefined;
    return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  });
}

/** A number of a phone, whose plus sign stands for a blank unless it was encoded. */
export function PlusInQuery(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (value === '') return undefined;
    return typeof value === 'string' ? value.replace(/^ (?=\d)/, '+') : value;
  });
}

/** Texts that come as parameters of one name, or as one with commas; undefined for none. */
export function ListInQuery(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    const given = [value].flat();
    if (!given.every((text) => typeof text === 'string')) return value;
    const texts = given.flatMap((text) => text.split(',')).map((text) => text.trim());
    const named = texts.filter((text) => text !== '');
    return named.length === 0 ? undefined : named;
  });
}
