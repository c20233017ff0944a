/** What comes with every command. The domain has no clock and draws no ids. */
export interface CommandMetadata {
  /** 128 bits in the text form of a ULID; derived from the idempotency key when there is one. */
  readonly id: string;
  readonly teamId: string;
  /** Unix ms. */
  readonly at: number;
  readonly keyId?: string | undefined;
  /** 32 bits, unsigned; two bodies under one command id are told apart by it. */
  readonly bodyHash?: number | undefined;
  readonly fingerprint?: string | undefined;
  /** The caller says that it sends this request again; then `fingerprint` may find the first. */
  readonly isRetry?: boolean | undefined;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** What every stored event knows of its origin. */
export interface EventMetadata {
  /** Id of the command that was accepted. */
  readonly commandId: string;
  /** When the command was decided, Unix ms. */
  readonly at: number;
  /** The API key that asked; absent for operators and internal producers. */
  readonly keyId?: string | undefined;
  /** Hash of the command's body, kept when the caller chose the command id. */
  readonly bodyHash?: number | undefined;
  /** Recognises the official client's own retries of requests without an idempotency key. */
  readonly fingerprint?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
}
