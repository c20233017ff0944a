/** Messages as the protocol library gives and takes them; 64-bit numbers are decimal digits. */
export type Empty = Record<string, never>;

export interface Uuid {
  readonly string?: string;
  readonly structured?: { mostSignificantBits?: string; leastSignificantBits?: string };
}

export interface StreamIdentifier {
  readonly streamName?: Buffer;
}

interface ExpectedKind {
  readonly noStream?: Empty;
  readonly any?: Empty;
  readonly streamExists?: Empty;
}

/** Options of Append, Delete and Tombstone. */
export interface ChangeOptions extends ExpectedKind {
  readonly streamIdentifier?: StreamIdentifier;
  readonly revision?: string;
}

export interface ProposedMessage {
  readonly id?: Uuid;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly customMetadata?: Buffer;
  readonly data?: Buffer;
}

export interface AppendRequest {
  readonly options?: ChangeOptions;
  readonly proposedMessage?: ProposedMessage;
}

export interface DeleteRequest {
  readonly options?: ChangeOptions;
}

interface Time {
  readonly seconds?: string;
  readonly nanos?: number;
}

export interface BatchAppendOptions extends ExpectedKind {
  readonly streamIdentifier?: StreamIdentifier;
  readonly streamPosition?: string;
  readonly deadline_21_10_0?: Time;
  readonly deadline?: Time;
}

export interface BatchAppendRequest {
  readonly correlationId?: Uuid;
  readonly options?: BatchAppendOptions;
  readonly proposedMessages?: readonly ProposedMessage[];
  readonly isFinal?: boolean;
}

export interface Expression {
  readonly regex?: string;
  readonly prefix?: readonly string[];
}

export interface FilterOptions {
  readonly streamIdentifier?: Expression;
  readonly eventType?: Expression;
  readonly max?: number;
  readonly count?: Empty;
  readonly checkpointIntervalMultiplier?: number;
}

export interface StreamOptions {
  readonly streamIdentifier?: StreamIdentifier;
  readonly revision?: string;
  readonly start?: Empty;
  readonly end?: Empty;
}

export interface AllOptions {
  readonly position?: { readonly commitPosition?: string; readonly preparePosition?: string };
  readonly start?: Empty;
  readonly end?: Empty;
}

export interface ReadOptions {
  readonly stream?: StreamOptions;
  readonly all?: AllOptions;
  readonly readDirection?: 'Forwards' | 'Backwards';
  readonly count?: string;
  readonly subscription?: Empty;
  readonly filter?: FilterOptions;
  readonly uuidOption?: { readonly structured?: Empty; readonly string?: Empty };
}

export interface ReadRequest {
  readonly options?: ReadOptions;
}
