import type { RecordedEvent } from '@tollgate/ports';
import { recordedEvent } from './recorded-event';
import { WireReader } from './wire-reader';

/** Fields of `event_store.client.streams.ReadResp` and of the messages in it. */
const response = { event: 1, checkpoint: 3 } as const;
const readEvent = { event: 1 } as const;
const checkpoint = { commitPosition: 1 } as const;

/** What one message of a read tells; nothing that matters here when both are undefined. */
export interface ReadResponse {
  readonly event?: RecordedEvent;
  /** How far the server has looked without finding an event that is asked for. */
  readonly checkpoint?: number;
}

const NOTHING: ReadResponse = {};

/** @throws LogCorrupt for an event that is not JSON. */
export function decodeResponse(bytes: Buffer): ReadResponse {
  const reader = new WireReader(bytes);
  for (let number = reader.next(); number !== 0; number = reader.next()) {
    if (number === response.event) return eventIn(reader.message());
    if (number === response.checkpoint) return checkpointIn(reader.message());
    reader.skip();
  }
  return NOTHING;
}

function eventIn(read: WireReader): ReadResponse {
  for (let number = read.next(); number !== 0; number = read.next()) {
    if (number === readEvent.event) return { event: recordedEvent(read.message()) };
    read.skip();
  }
  return NOTHING;
}

function checkpointIn(message: WireReader): ReadResponse {
  for (let number = message.next(); number !== 0; number = message.next()) {
    if (number === checkpoint.commitPosition) return { checkpoint: message.number() };
    message.skip();
  }
  return NOTHING;
}

export interface ReadBatch {
  readonly events: readonly RecordedEvent[];
  /** Position up to which nothing is missing; 0 when the responses do not tell. */
  readonly position: number;
}

/** Beside events there are answers such as that a stream does not exist: nothing to tell. */
export function decodeResponses(responses: readonly Buffer[]): ReadBatch {
  const events: RecordedEvent[] = [];
  let position = 0;
  for (const bytes of responses) {
    const { event, checkpoint: looked } = decodeResponse(bytes);
    if (event !== undefined) events.push(event);
    position = event?.position ?? looked ?? position;
  }
  return { events, position };
}
