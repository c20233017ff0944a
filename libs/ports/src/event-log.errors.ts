/** Another writer was here: the stream ends elsewhere than expected. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';

  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`stream ${stream} ends at revision ${actual}, not at ${expected}`);
  }
}

/** Nobody can say yet whether the append happened. */
export class AppendOutcomeUnknown extends Error {
  override readonly name = 'AppendOutcomeUnknown';
}

/** The log can't be used at the moment; nothing was written. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}

/** A stored record can't be read, or is not what was written. */
export class LogCorrupt extends Error {
  override readonly name = 'LogCorrupt';

  constructor(
    readonly stream: string,
    readonly revision: number,
    readonly problem: string,
  ) {
    super(`stream ${stream}, revision ${revision}: ${problem}`);
  }
}
