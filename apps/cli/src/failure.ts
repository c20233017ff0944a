/** Ends the command with a message for the person who typed it. Anything else is a bug of ours. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure';

  constructor(
    message: string,
    /** What to try, one line each. */
    readonly hints: readonly string[] = [],
  ) {
    super(message);
  }
}
