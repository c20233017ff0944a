/** Turns the data of one schema version into the next one's. */
export type Upcaster = (data: unknown) => unknown;

/**
 * Steps by event type: the first entry leads from version 1 to 2, the second from 2 to 3, and so
 * on. The current version of a type is therefore 1 + its number of steps. Every version that was
 * ever stored keeps a golden file in `test/compatibility`.
 */
export const upcasters: Readonly<Record<string, readonly Upcaster[]>> = {};

export function currentVersion(type: string): number {
  return 1 + (upcasters[type]?.length ?? 0);
}

export function upcast(type: string, version: number, data: unknown): unknown {
  const steps = upcasters[type] ?? [];
  return steps.slice(version - 1).reduce((older, step) => step(older), data);
}
