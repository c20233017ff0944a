import { UUID } from '@eventstore/db-client/generated/shared_pb';
import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID';
import { LogCorrupt, type RecordedEvent } from '@tollgate/ports';
import { withoutEventId } from './stored-metadata';
import type { WireReader } from './wire-reader';

/** Fields of `event_store.client.streams.ReadResp.ReadEvent.RecordedEvent`. */
const field = {
  id: 1,
  stream: 2,
  revision: 3,
  position: 5,
  attribute: 6,
  metadata: 7,
  data: 8,
} as const;
const STREAM_NAME = 3;
const attribute = { key: 1, value: 2 } as const;

interface StoredFields {
  uuid: WireReader | undefined;
  stream: string;
  revision: number;
  position: number;
  type: string;
  contentType: string;
  metadata: string;
  data: string;
}

/**
 * The event as it was appended. Its texts come straight from the bytes; the client would parse
 * them, and readers parse them again.
 * @throws LogCorrupt it is not JSON.
 */
export function recordedEvent(event: WireReader): RecordedEvent {
  const { uuid, stream, revision, position, type, contentType, metadata, data } = fieldsOf(event);
  if (contentType !== 'application/json') {
    throw new LogCorrupt(stream, revision, 'the event is not JSON');
  }
  const own = withoutEventId(metadata) ?? foreign(uuid, metadata);
  return { id: own.id, type, data, metadata: own.metadata, stream, revision, position };
}

function fieldsOf(event: WireReader): StoredFields {
  const fields: StoredFields = {
    uuid: undefined,
    stream: '',
    revision: 0,
    position: 0,
    type: '',
    contentType: '',
    metadata: '',
    data: '',
  };
  for (let number = event.next(); number !== 0; number = event.next()) {
    switch (number) {
      case field.id:
        fields.uuid = event.message();
        break;
      case field.stream:
        fields.stream = streamName(event.message());
        break;
      case field.revision:
        fields.revision = event.number();
        break;
      case field.position:
        fields.position = event.number();
        break;
      case field.attribute:
        readAttribute(event.message(), fields);
        break;
      case field.metadata:
        fields.metadata = event.text();
        break;
      case field.data:
        fields.data = event.text();
        break;
      default:
        event.skip();
    }
  }
  return fields;
}

function streamName(identifier: WireReader): string {
  for (let number = identifier.next(); number !== 0; number = identifier.next()) {
    if (number === STREAM_NAME) return identifier.text();
    identifier.skip();
  }
  return '';
}

function readAttribute(entry: WireReader, fields: StoredFields): void {
  let key = '';
  let value = '';
  for (let number = entry.next(); number !== 0; number = entry.next()) {
    if (number === attribute.key) key = entry.text();
    else if (number === attribute.value) value = entry.text();
    else entry.skip();
  }
  if (key === 'type') fields.type = value;
  else if (key === 'content-type') fields.contentType = value;
}

/** An event that another program wrote has no id but the server's. */
function foreign(
  uuid: WireReader | undefined,
  metadata: string,
): { readonly id: string; readonly metadata: string } {
  const id = uuid === undefined ? '' : (parseUUID(UUID.deserializeBinary(uuid.rest())) ?? '');
  return { id, metadata: metadata === '' ? '{}' : metadata };
}
