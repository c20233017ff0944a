/** Stops at a programmer's error. Operating errors are values, never assertions. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}
