/** What the story is told on. */
export interface DemoSystem {
  readonly url: string;
  readonly operatorKey: string;
  /** Serves when this has resolved. */
  start(): Promise<void>;
  /** Kills it without a warning and starts it again; absent where that is not the demo's to do. */
  readonly restart?: () => Promise<void>;
  /**
   * Checks its log against its read models; stops it first where it must stand still. Where the
   * log can't be read, `overHttp` is what is left.
   */
  audit(overHttp: () => Promise<Verdict>): Promise<Verdict>;
  /** Leaves nothing behind that the demo made. */
  end(): Promise<void>;
}

export interface Verdict {
  readonly isSound: boolean;
  readonly lines: readonly string[];
}
