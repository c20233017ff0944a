import { BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import { APPEND_BYTES_MAX, NO_STREAM, type EventToAppend } from '@tollgate/ports';
import { encodeAppend, type AppendRequest } from './append-request';
import { eventUuids } from './event-uuids';

const append: AppendRequest = {
  correlationId: '7b1f2a9e-1c55-4a55-9d6a-0f4f3f6d2c11',
  stream: 'team-tm_žluť',
  expectedRevision: 2 ** 40 + 7,
  deadline: 1_790_000_000_001,
};

const event = (data: string, index = 0): EventToAppend => ({
  id: `01J8Z3N5W0ABCDEFGHJKMNPQRS/${index}`,
  type: 'AccountCharged',
  data,
  metadata: `{"at":${index}}`,
});

const decode = (
  events: readonly EventToAppend[],
  { changes = {} }: { readonly changes?: Partial<AppendRequest> } = {},
): BatchAppendReq =>
  BatchAppendReq.deserializeBinary(encodeAppend({ ...append, ...changes }, events));

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('an append on the wire, read by the generated code of the client', () => {
  it('given an append, then its options come back', () => {
    const request = decode([event('{}')]);
    const options = request.getOptions()!;

    expect(request.getCorrelationId()!.getString()).toBe(append.correlationId);
    expect(request.getIsFinal()).toBe(true);
    expect(text(options.getStreamIdentifier()!.getStreamName_asU8())).toBe(append.stream);
    expect(options.getStreamPosition()).toBe(String(append.expectedRevision));
    expect(options.hasNoStream()).toBe(false);
    expect(options.getDeadline()!.getSeconds()).toBe(1_790_000_001);
  });

  it('given a stream that must not exist yet, then it says so', () => {
    const options = decode([event('{}')], {
      changes: { expectedRevision: NO_STREAM },
    }).getOptions()!;

    expect(options.hasNoStream()).toBe(true);
    expect(options.hasStreamPosition()).toBe(false);
  });

  it.each([0, 127, 128, 16_383, 16_384])('given revision %i, then it comes back', (revision) => {
    const options = decode([event('{}')], {
      changes: { expectedRevision: revision },
    }).getOptions()!;

    expect(options.getStreamPosition()).toBe(String(revision));
  });

  it.each([2, 90, 127, 128, 16_383, 16_384, APPEND_BYTES_MAX / 3])(
    'given data of %i characters, then every event comes back to the byte',
    (length) => {
      const data = `"${'č'.repeat(length - 2)}"`;
      const events = [event('{"n":1}', 0), event(data, 1), event('"last"', 2)];
      const proposed = decode(events).getProposedMessagesList();

      expect(proposed.map((message) => text(message.getData_asU8()))).toEqual(
        events.map((each) => each.data),
      );
      expect(proposed.map((message) => text(message.getCustomMetadata_asU8()))).toEqual(
        events.map(({ id }, index) => `{"eventId":"${id}","at":${index}}`),
      );
      expect(proposed.map((message) => message.getId()!.getString())).toEqual(
        eventUuids(append.stream, append.expectedRevision, events),
      );
      const attributes = proposed[1]!.getMetadataMap();
      expect(attributes.get('type')).toBe('AccountCharged');
      expect(attributes.get('content-type')).toBe('application/json');
      expect(attributes.getLength()).toBe(2);
    },
  );

  it('given events that the server would find too big with their ids, then it is refused', () => {
    const events = Array.from({ length: 4_000 }, (_, index) => event('x'.repeat(215), index));

    expect(() => encodeAppend(append, events)).toThrow(RangeError);
  });
});
