import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID';
import { LogCorrupt, type RecordedEvent } from '@tollgate/ports';
import { withoutEventId } from './stored-metadata';

/**
 * The event as it was appended. The texts come straight from the bytes: the client would parse
 * them first, and readers parse them themselves.
 * @throws LogCorrupt it is not JSON.
 */
export function recordedEvent(read: ReadResp.ReadEvent): RecordedEvent {
  const event = read.getEvent()!;
  const stream = text(event.getStreamIdentifier()!.getStreamName_asU8());
  const revision = Number(event.getStreamRevision());
  const attributes = event.getMetadataMap();
  if (attributes.get('content-type') !== 'application/json') {
    throw new LogCorrupt(stream, revision, 'the event is not JSON');
  }
  const stored = text(event.getCustomMetadata_asU8());
  const own = withoutEventId(stored);
  return {
    id: own?.id ?? parseUUID(event.getId()!)!,
    type: attributes.get('type') ?? '',
    data: text(event.getData_asU8()),
    metadata: own?.metadata ?? (stored === '' ? '{}' : stored),
    stream,
    revision,
    position: Number(event.getCommitPosition()),
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
