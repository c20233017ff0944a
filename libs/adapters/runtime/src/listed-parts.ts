import type { Place } from '@tollgate/ports';

/** Where one part of a row is listed: sort keys by index. */
export type PlacesOfPart = Readonly<Record<string, readonly string[]>>;

/** Where a row is listed, by part. */
export type ListedParts = Readonly<Record<string, PlacesOfPart>>;

export interface Relisted {
  /** Undefined when no part is listed any more. */
  readonly parts: ListedParts | undefined;
  /** Where the row is not to be found any more. */
  readonly left: readonly Place[];
}

/** What it comes to when one part of a row is listed at these places from now on. */
export function relisted(
  parts: ListedParts | undefined,
  part: string,
  places: readonly Place[],
): Relisted {
  const { [part]: before = {}, ...others } = parts ?? {};
  const kept = [gathered(places), ...Object.values(others)];
  const left = placesOf(before).filter(({ index, sortKey }) => {
    return !kept.some((other) => other[index]?.includes(sortKey));
  });
  const after = places.length === 0 ? others : { ...others, [part]: kept[0]! };
  return { parts: Object.keys(after).length === 0 ? undefined : after, left };
}

/** Every place where a row is listed; more than once where parts share it. */
export function placesIn(parts: ListedParts | undefined): readonly Place[] {
  return Object.values(parts ?? {}).flatMap(placesOf);
}

function gathered(places: readonly Place[]): PlacesOfPart {
  const sortKeys: Record<string, string[]> = {};
  for (const { index, sortKey } of places) (sortKeys[index] ??= []).push(sortKey);
  return sortKeys;
}

function placesOf(part: PlacesOfPart): Place[] {
  return Object.entries(part).flatMap(([index, sortKeys]) =>
    sortKeys.map((sortKey) => ({ index, sortKey })),
  );
}
