/**
 * Stops at a programmer's error. Operating errors are values, never assertions. The message is made
 * even when all is well: on hot paths it must be a constant.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}
