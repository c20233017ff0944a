import { DeleteReq } from '@eventstore/db-client/generated/streams_pb';
import { nameOf } from './stream-name';

/** Hides all events of a stream that ends at a revision; it may be appended to again. */
export function deleteRequest(stream: string, expectedRevision: number): DeleteReq {
  const options = new DeleteReq.Options();
  options.setStreamIdentifier(nameOf(stream));
  options.setRevision(String(expectedRevision));
  const request = new DeleteReq();
  request.setOptions(options);
  return request;
}
