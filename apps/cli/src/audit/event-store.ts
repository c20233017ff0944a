import type { EventStoreDbEventLog } from '@tollgate/adapter-eventstoredb';
import { STREAM_PREFIXES } from '@tollgate/contracts';
import type { EventReader, RecordedEvent } from '@tollgate/ports';
import { CommandFailure } from '../failure';
import { silent } from './silent';

/** @throws CommandFailure for a connection string that can't be read. */
export async function openEventStore(connectionString: string): Promise<EventStoreBooks> {
  // Loads the client: no other command shall wait for that.
  const { EventStoreDbEventLog } = await import('@tollgate/adapter-eventstoredb');
  try {
    const options = { connectionString, streamPrefixes: STREAM_PREFIXES, log: silent };
    return new EventStoreBooks(new EventStoreDbEventLog(options));
  } catch {
    // What the client says of it quotes from it, and it may hold a password.
    throw new CommandFailure('the connection string of the event store can not be read', [
      'it must be such as esdb://user:password@host:2113?tls=true',
    ]);
  }
}

/** The log as it is now: reading all of a log that grows might never come to an end. */
export class EventStoreBooks implements EventReader {
  constructor(private readonly log: EventStoreDbEventLog) {}

  readStream(stream: string, fromRevision?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.log.readStream(stream, fromRevision);
  }

  async *readAll(afterPosition = 0): AsyncIterable<readonly RecordedEvent[]> {
    const end = await this.log.lastPosition();
    if (end <= afterPosition) return;
    for await (const batch of this.log.readAll(afterPosition)) {
      const isLast = batch[batch.length - 1]!.position >= end;
      yield isLast ? batch.filter(({ position }) => position <= end) : batch;
      if (isLast) return;
    }
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
