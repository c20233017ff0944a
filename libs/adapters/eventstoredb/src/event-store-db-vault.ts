import { randomBytes } from 'node:crypto';
import { WrongExpectedVersionError, convertToCommandError } from '@eventstore/db-client';
import { systemClock } from '@tollgate/adapter-runtime';
import {
  NO_STREAM,
  VaultUnavailable,
  WrongExpectedRevision,
  type Clock,
  type EventToAppend,
  type RecordedEvent,
  type Vault,
} from '@tollgate/ports';
import { Appender } from './appender';
import { deleteRequest } from './delete-request';
import { EventReader } from './event-reader';
import { APPEND_TIMEOUT_MS, READ_TIMEOUT_MS, type EventStoreDbOptions } from './options';
import { ServerConnection } from './server-connection';
import { within } from './within';

export interface EventStoreDbVaultOptions extends Pick<
  EventStoreDbOptions,
  'connectionString' | 'appendTimeoutMs' | 'readTimeoutMs'
> {
  /** @default the machine's */
  readonly clock?: Clock;
}

interface MadeKey {
  /** Base64url. */
  readonly key: string;
  /** Unix ms. */
  readonly madeAt: number;
}

const KEY_BYTES = 32;
const MADE = 'KeyMade';
const DESTROYED = 'KeyDestroyed';
/** Others change the same key at the same time; more often than this, something is wrong. */
const TRIES_MAX = 20;

/**
 * The vault in EventStoreDB: one stream for each subject, whose last event tells its key or that it
 * was destroyed. A stream ends with an event that holds no key before it is deleted, since a
 * scavenge keeps the last event even of a stream that is.
 */
export class EventStoreDbVault implements Vault {
  private readonly connection: ServerConnection;
  private readonly appender: Appender;
  private readonly reader: EventReader;
  private readonly clock: Clock;
  private readonly timeoutMs: number;

  /** @throws Error when the connection string can't be read. */
  constructor(options: EventStoreDbVaultOptions) {
    const { appendTimeoutMs = APPEND_TIMEOUT_MS, readTimeoutMs = READ_TIMEOUT_MS } = options;
    this.connection = new ServerConnection(options.connectionString);
    this.appender = new Appender(this.connection, appendTimeoutMs);
    this.reader = new EventReader(this.connection, {
      streamPrefixes: [],
      timeoutMs: readTimeoutMs,
    });
    this.clock = options.clock ?? systemClock;
    this.timeoutMs = appendTimeoutMs;
  }

  keyOf(subject: string): Promise<Uint8Array> {
    return this.untilSettled(subject, async (stream, last) => {
      if (last?.type === MADE) return bytesOf(keyIn(last));
      if (last !== undefined) await this.deleteAt(stream, last.revision);
      const key = randomBytes(KEY_BYTES);
      const made = { key: key.toString('base64url'), madeAt: this.clock.now() };
      const isMade = await this.append(stream, NO_STREAM, eventOf(MADE, made));
      return isMade ? key : undefined;
    });
  }

  async find(subject: string): Promise<Uint8Array | undefined> {
    const last = await orUnavailable(this.reader.lastOfStream(streamOf(subject)));
    return last?.type === MADE ? bytesOf(keyIn(last)) : undefined;
  }

  async destroy(subject: string, madeUntil: number): Promise<void> {
    await this.untilSettled(subject, async (stream, last) => {
      if (last === undefined) return true;
      if (last.type === DESTROYED) return this.deleteAt(stream, last.revision);
      if (keyIn(last).madeAt > madeUntil) return true;
      const isLast = await this.append(stream, last.revision, eventOf(DESTROYED, {}));
      return isLast ? this.deleteAt(stream, last.revision + 1) : undefined;
    });
  }

  /** Takes no more changes and waits for those under way. */
  async close(): Promise<void> {
    await this.appender.close();
    await this.connection.close();
  }

  /** Looks at the stream's end again for as long as others change it meanwhile. */
  private async untilSettled<Result>(
    subject: string,
    change: (stream: string, last: RecordedEvent | undefined) => Promise<Result | undefined>,
  ): Promise<Result> {
    const stream = streamOf(subject);
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const last = await orUnavailable(this.reader.lastOfStream(stream));
      const result = await orUnavailable(change(stream, last));
      if (result !== undefined) return result;
    }
    throw new VaultUnavailable(`the key of ${subject} is changed by too many at once`);
  }

  /** False when the stream ends elsewhere by now. */
  private async append(stream: string, end: number, event: EventToAppend): Promise<boolean> {
    try {
      await this.appender.append(stream, end, [event]);
      return true;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return false;
      throw error;
    }
  }

  /** Whoever appends behind the end has deleted what was before. */
  private async deleteAt(stream: string, revision: number): Promise<true> {
    const deleting = this.connection.delete(deleteRequest(stream, revision), this.timeoutMs);
    const isDone = deleting.then(
      () => true as const,
      (error: Error) => {
        if (convertToCommandError(error) instanceof WrongExpectedVersionError) return true as const;
        throw error;
      },
    );
    const done = await within(this.timeoutMs, isDone);
    if (done === undefined) throw new Error(`${stream} was not deleted in time`);
    return done;
  }
}

const streamOf = (subject: string): string => `vault-${subject}`;

const keyIn = ({ data }: RecordedEvent): MadeKey => JSON.parse(data) as MadeKey;

const bytesOf = ({ key }: MadeKey): Uint8Array => Buffer.from(key, 'base64url');

function eventOf(type: string, data: MadeKey | Record<string, never>): EventToAppend {
  return { id: type, type, data: JSON.stringify(data), metadata: '{}' };
}

function orUnavailable<Result>(work: Promise<Result>): Promise<Result> {
  return work.catch((cause: Error) => {
    throw new VaultUnavailable(`the vault can't be used: ${cause.message}`, { cause });
  });
}
