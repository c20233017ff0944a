import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { nameOf } from './stream-name';

const { Options } = ReadReq;
const BACKWARDS = 1;
/** More than any log holds. */
const ALL_EVENTS = String(Number.MAX_SAFE_INTEGER);
/**
 * The server tells how far it has looked after as many events that are not ours, times the 32 that
 * it looks at in one go.
 */
const CHECKPOINT_INTERVAL = 32;

/** Events of one stream from a revision on. */
export function streamRequest(stream: string, fromRevision: number): ReadReq {
  const place = new Options.StreamOptions();
  place.setStreamIdentifier(nameOf(stream));
  place.setRevision(String(fromRevision));
  return finite(streamOptions(place), ALL_EVENTS);
}

/** The last event of one stream. */
export function lastOfStreamRequest(stream: string): ReadReq {
  const place = new Options.StreamOptions();
  place.setStreamIdentifier(nameOf(stream));
  place.setEnd(new Empty());
  const options = streamOptions(place);
  options.setReadDirection(BACKWARDS);
  return finite(options, '1');
}

/** Events of the whole log, from the one at a position on, if there is one. */
export function logRequest(fromPosition: number, prefixes: readonly string[]): ReadReq {
  const options = baseOptions();
  options.setAll(placeInLog(fromPosition));
  options.setFilter(filterOf(prefixes));
  return finite(options, ALL_EVENTS);
}

/** The last event of the whole log. */
export function lastEventRequest(prefixes: readonly string[]): ReadReq {
  const place = new Options.AllOptions();
  place.setEnd(new Empty());
  const options = baseOptions();
  options.setAll(place);
  options.setReadDirection(BACKWARDS);
  options.setFilter(filterOf(prefixes));
  return finite(options, '1');
}

/** Events of the whole log after a position, those stored and those to come. */
export function subscriptionRequest(afterPosition: number, prefixes: readonly string[]): ReadReq {
  const options = baseOptions();
  options.setAll(placeInLog(afterPosition));
  options.setFilter(filterOf(prefixes));
  options.setSubscription(new Options.SubscriptionOptions());
  return requestOf(options);
}

function streamOptions(
  place: InstanceType<typeof Options.StreamOptions>,
): InstanceType<typeof Options> {
  const options = baseOptions();
  options.setStream(place);
  options.setNoFilter(new Empty());
  return options;
}

function baseOptions(): InstanceType<typeof Options> {
  const options = new Options();
  const uuids = new Options.UUIDOption();
  uuids.setString(new Empty());
  options.setUuidOption(uuids);
  return options;
}

function placeInLog(position: number): InstanceType<typeof Options.AllOptions> {
  const place = new Options.AllOptions();
  if (position === 0) {
    place.setStart(new Empty());
    return place;
  }
  const at = new Options.Position();
  at.setCommitPosition(String(position));
  at.setPreparePosition(String(position));
  place.setPosition(at);
  return place;
}

function filterOf(prefixes: readonly string[]): InstanceType<typeof Options.FilterOptions> {
  const expression = new Options.FilterOptions.Expression();
  expression.setPrefixList([...prefixes]);
  const filter = new Options.FilterOptions();
  filter.setStreamIdentifier(expression);
  filter.setCount(new Empty());
  filter.setCheckpointintervalmultiplier(CHECKPOINT_INTERVAL);
  return filter;
}

function finite(options: InstanceType<typeof Options>, count: string): ReadReq {
  options.setCount(count);
  return requestOf(options);
}

function requestOf(options: InstanceType<typeof Options>): ReadReq {
  const request = new ReadReq();
  request.setOptions(options);
  return request;
}
