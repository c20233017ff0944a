import { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';

/** A stream's name as requests carry it. */
export function nameOf(stream: string): StreamIdentifier {
  const name = new StreamIdentifier();
  name.setStreamName(Uint8Array.from(Buffer.from(stream)));
  return name;
}
