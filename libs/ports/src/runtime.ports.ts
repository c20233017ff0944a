export interface Clock {
  /** Unix ms. */
  now(): number;
}

export interface IdSource {
  /** A new command id: 128 bits in the text form of a ULID. */
  next(): string;
}

export interface Digest {
  /** SHA-256 as base64url, 43 characters. */
  sha256(data: string | Uint8Array): string;
}

/** A role that one holder at a time has. It saves work, and is no safety. */
export interface Lease {
  /** Resolves to true once it is held, to false when it was released before. */
  acquired(): Promise<boolean>;
  /** False as soon as another could have it. */
  readonly isHeld: boolean;
  release(): Promise<void>;
}

export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
