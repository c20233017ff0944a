import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { LogCorrupt } from '@tollgate/ports';
import { decodeResponse, decodeResponses } from './read-response';

const UUID_TEXT = '7b1f2a9e-1c55-8a55-9d6a-0f4f3f6d2c11';

interface Stored {
  readonly metadata: string;
  readonly data: string;
  readonly contentType: string;
  readonly revision: number;
  readonly position: number;
}

const stored: Stored = {
  metadata: '{"eventId":"01CMD/0","at":1}',
  data: '{"text":"žluťoučký 🐎"}',
  contentType: 'application/json',
  revision: 3,
  position: 2 ** 45 + 1,
};

const bytesOf = (response: ReadResp): Buffer => Buffer.from(response.serializeBinary());

function responseWith(changes: Partial<Stored> = {}): Buffer {
  const { metadata, data, contentType, revision, position } = { ...stored, ...changes };
  const event = new ReadResp.ReadEvent.RecordedEvent();
  const uuid = new UUID();
  uuid.setString(UUID_TEXT);
  event.setId(uuid);
  const stream = new StreamIdentifier();
  stream.setStreamName(Buffer.from('team-č'));
  event.setStreamIdentifier(stream);
  event.setStreamRevision(String(revision));
  event.setPreparePosition(String(position));
  event.setCommitPosition(String(position));
  event.getMetadataMap().set('type', 'AccountCharged');
  event.getMetadataMap().set('content-type', contentType);
  event.getMetadataMap().set('created', '17900000000000000');
  event.setCustomMetadata(Buffer.from(metadata));
  event.setData(Buffer.from(data));
  const read = new ReadResp.ReadEvent();
  read.setEvent(event);
  read.setCommitPosition(String(position));
  const response = new ReadResp();
  response.setEvent(read);
  return bytesOf(response);
}

function checkpointAt(position: number): Buffer {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position));
  checkpoint.setPreparePosition(String(position));
  const response = new ReadResp();
  response.setCheckpoint(checkpoint);
  return bytesOf(response);
}

function confirmation(): Buffer {
  const response = new ReadResp();
  const confirmed = new ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId('s');
  response.setConfirmation(confirmed);
  return bytesOf(response);
}

function streamNotFound(): Buffer {
  const response = new ReadResp();
  response.setStreamNotFound(new ReadResp.StreamNotFound());
  return bytesOf(response);
}

describe('a response to a read, written by the generated code of the client', () => {
  it('given an event, then it is as it was appended', () => {
    expect(decodeResponse(responseWith()).event).toEqual({
      id: '01CMD/0',
      type: 'AccountCharged',
      data: stored.data,
      metadata: '{"at":1}',
      stream: 'team-č',
      revision: 3,
      position: stored.position,
    });
  });

  it.each([0, 127, 128, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER])(
    'given an event at %i, then it is there',
    (place) => {
      const { event } = decodeResponse(responseWith({ revision: place, position: place }));

      expect(event).toMatchObject({ revision: place, position: place });
    },
  );

  it.each([
    ['', '{}'],
    ['{"at":1}', '{"at":1}'],
  ])(
    'given an event of another program with metadata %j, then its id is the UUID',
    (text, metadata) => {
      expect(decodeResponse(responseWith({ metadata: text })).event).toMatchObject({
        id: UUID_TEXT,
        metadata,
      });
    },
  );

  it('given an event that is not JSON, then the log is corrupt', () => {
    const bytes = responseWith({ contentType: 'application/octet-stream' });

    expect(() => decodeResponse(bytes)).toThrow(LogCorrupt);
  });

  it('given half a response, then that is noticed', () => {
    expect(() => decodeResponse(responseWith().subarray(0, 60))).toThrow(RangeError);
  });

  it.each([
    ['events and checkpoints', [responseWith({ position: 5 }), checkpointAt(9)], 1, 9],
    ['a checkpoint before an event', [checkpointAt(9), responseWith({ position: 12 })], 1, 12],
    ['neither', [confirmation(), streamNotFound(), Buffer.alloc(0)], 0, 0],
  ])('given %s, then it is known how far they reach', (_, responses, count, position) => {
    const batch = decodeResponses(responses);

    expect(batch.events).toHaveLength(count);
    expect(batch.position).toBe(position);
  });

  it('given messages of a later version, then they are passed over', () => {
    const response = new ReadResp();
    response.setCaughtUp(new ReadResp.CaughtUp());
    const unknown = Buffer.from([0x78, 0x05, 0x71, 1, 2, 3, 4, 5, 6, 7, 8, 0x7d, 1, 2, 3, 4]);

    expect(decodeResponse(Buffer.concat([bytesOf(response), unknown, checkpointAt(7)]))).toEqual({
      checkpoint: 7,
    });
  });
});
