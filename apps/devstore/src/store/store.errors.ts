/** A stream does not end where the writer believes. */
export class WrongExpectedVersion extends Error {
  override readonly name = 'WrongExpectedVersion';

  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(
      `Append failed due to WrongExpectedVersion. Stream: ${stream}, ` +
        `Expected version: ${expected}, Actual version: ${actual}`,
    );
  }
}

/** A stream was ended for ever, or was deleted and must exist. */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';

  constructor(readonly stream: string) {
    super(`Event stream '${stream}' is deleted.`);
  }
}

export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';

  constructor(readonly bytesMax: number) {
    super(`Maximum Append Size of ${bytesMax} Exceeded.`);
  }
}

/** A request that can't be understood. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
}

/** An event without something that every event has. */
export class RequiredMetadataMissing extends Error {
  override readonly name = 'RequiredMetadataMissing';

  constructor(readonly property: string) {
    super(`Required Metadata Property '${property}' is Missing`);
  }
}

export class ServerBusy extends Error {
  override readonly name = 'ServerBusy';

  constructor() {
    super('Server Is Too Busy');
  }
}
