import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { AppendOutcomeUnknown, LogUnavailable } from '@tollgate/ports';
import {
  AppendTooLarge,
  InvalidRequest,
  RequiredMetadataMissing,
  ServerBusy,
  StreamDeleted,
  WrongExpectedVersion,
} from '../store/store.errors';
import { NO_STREAM_YET } from '../store/expected-revision';

/** The key whose value tells clients which error it is. */
const EXCEPTION = 'exception';

/** A call fails as a node of EventStoreDB lets it fail: a status, and details in the trailers. */
export function rpcError(error: unknown): ServiceError {
  if (isServiceError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return failure(statusOf(error), message, trailersOf(error));
}

export function unavailable(message: string): ServiceError {
  return failure(status.UNAVAILABLE, message, {});
}

export function accessDenied(): ServiceError {
  return failure(status.PERMISSION_DENIED, 'Access Denied', { [EXCEPTION]: 'access-denied' });
}

export function unauthenticated(): ServiceError {
  return failure(status.UNAUTHENTICATED, 'wrong user name or password', {});
}

/** The status of an error that is none of a call's own. */
export function statusOf(error: unknown): status {
  if (error instanceof WrongExpectedVersion) return status.FAILED_PRECONDITION;
  if (error instanceof StreamDeleted) return status.FAILED_PRECONDITION;
  if (error instanceof AppendOutcomeUnknown) return status.ABORTED;
  if (error instanceof LogUnavailable || error instanceof ServerBusy) return status.UNAVAILABLE;
  return isRequestFault(error) ? status.INVALID_ARGUMENT : status.UNKNOWN;
}

const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && 'code' in error && 'details' in error && 'metadata' in error;

function isRequestFault(error: unknown): boolean {
  // The log answers a RangeError for a stream name that it can't keep.
  const kinds = [AppendTooLarge, InvalidRequest, RequiredMetadataMissing, RangeError];
  return kinds.some((kind) => error instanceof kind);
}

function trailersOf(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof WrongExpectedVersion) return wrongVersionTrailers(error);
  if (error instanceof StreamDeleted) {
    return { [EXCEPTION]: 'stream-deleted', 'stream-name': ascii(error.stream) };
  }
  if (error instanceof AppendTooLarge) {
    const maximum = String(error.bytesMax);
    return { [EXCEPTION]: 'maximum-append-size-exceeded', 'maximum-append-size': maximum };
  }
  if (error instanceof RequiredMetadataMissing) {
    const properties = { 'required-metadata-properties': error.property };
    return { [EXCEPTION]: 'missing-required-metadata-property', ...properties };
  }
  return {};
}

function wrongVersionTrailers(error: WrongExpectedVersion): Readonly<Record<string, string>> {
  const { stream, expected, actual } = error;
  return {
    [EXCEPTION]: 'wrong-expected-version',
    'stream-name': ascii(stream),
    'expected-version': String(expected),
    ...(actual === NO_STREAM_YET ? {} : { 'actual-version': String(actual) }),
  };
}

function failure(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>>,
): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** Trailers carry nothing else. */
const ascii = (text: string): string => (/^[ -~]*$/.test(text) ? text : encodeURI(text));
