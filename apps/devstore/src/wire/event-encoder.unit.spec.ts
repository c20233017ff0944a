import type { RecordedEvent } from '@tollgate/ports';
import { tombstone, toStore } from '../store/stored-event';
import { encodeEvent } from './event-encoder';
import { streamsService } from './protos';

const ID = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const CREATED = '17000000000001234';

function recorded(change: Partial<RecordedEvent> = {}): RecordedEvent {
  const [data, metadata] = [Buffer.from('{"a":"ü"}'), Buffer.from('{"m":1}')];
  const stored = toStore({ id: ID, type: 'Änderung', isJson: true, data, metadata }, CREATED);
  return { ...stored, stream: 'team-ß', revision: 7, position: 300, ...change };
}

const decode = (bytes: Buffer): unknown => streamsService['Read']!.responseDeserialize(bytes);

describe('encoded events', () => {
  it('given an event, then the protocol library reads the same', () => {
    expect(decode(encodeEvent(recorded(), 'string'))).toEqual({
      event: {
        event: {
          id: { string: ID },
          streamIdentifier: { streamName: Buffer.from('team-ß') },
          streamRevision: '7',
          preparePosition: '300',
          commitPosition: '300',
          metadata: { type: 'Änderung', 'content-type': 'application/json', created: CREATED },
          customMetadata: Buffer.from('{"m":1}'),
          data: Buffer.from('{"a":"ü"}'),
        },
        commitPosition: '300',
      },
    });
  });

  it('given a reader who wants numbers, then the id is two of them', () => {
    const id = {
      mostSignificantBits: '-830138926817852558',
      leastSignificantBits: '-6528233730098342791',
    };

    expect(decode(encodeEvent(recorded(), 'structured'))).toMatchObject({
      event: { event: { id: { structured: id } } },
    });
  });

  it.each([0, 1, 127, 128, 16_384, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER])(
    'given the number %d, then it is the same for readers',
    (position) => {
      expect(
        decode(encodeEvent(recorded({ position, revision: position }), 'string')),
      ).toMatchObject({
        event: { commitPosition: String(position), event: { streamRevision: String(position) } },
      });
    },
  );

  it('given bytes, then they are the same for readers, however many', () => {
    for (const size of [0, 1, 20_000]) {
      const bytes = Buffer.alloc(size, 0xfe);
      const proposed = { id: ID, type: 'B', isJson: false, data: bytes, metadata: bytes };
      const event = recorded(toStore(proposed, CREATED));
      const content = size === 0 ? {} : { data: bytes, customMetadata: bytes };

      expect(decode(encodeEvent(event, 'string'))).toMatchObject({ event: { event: content } });
    }
  });

  it('given a tombstone, then it stands at the end of all revisions', () => {
    expect(decode(encodeEvent(recorded(tombstone(ID, CREATED)), 'string'))).toMatchObject({
      event: { event: { streamRevision: '9223372036854775807' } },
    });
  });
});
