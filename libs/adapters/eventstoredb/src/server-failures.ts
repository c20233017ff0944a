import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  WrongExpectedVersionError,
  convertToCommandError,
} from '@eventstore/db-client';
import {
  AppendOutcomeUnknown,
  LogCorrupt,
  LogUnavailable,
  NO_STREAM,
  WrongExpectedRevision,
} from '@tollgate/ports';
import type { AppendRequest } from './append-request';

/** How gRPC says that a call never left this machine. */
const NEVER_SENT = /No connection established|Name resolution failed/;

/** What the failure of an append, or of the call that carries it, means to the caller. */
export function appendFailure(append: AppendRequest, cause: Error): Error {
  const { stream, expectedRevision } = append;
  const error = convertToCommandError(cause);
  if (error instanceof WrongExpectedVersionError) {
    return new WrongExpectedRevision(stream, expectedRevision, revisionOf(error));
  }
  if (error instanceof StreamDeletedError) return deleted(stream);
  if (error instanceof MaxAppendSizeExceededError) {
    return new RangeError(`append to ${stream} is over ${error.maxAppendSize} bytes`);
  }
  if (error instanceof AccessDeniedError) return denied(cause);
  if (NEVER_SENT.test(error.message)) return new LogUnavailable(error.message, { cause });
  return new AppendOutcomeUnknown(`append to ${stream}: ${error.message}`, { cause });
}

export function readFailure(stream: string, cause: Error): Error {
  if (cause instanceof LogUnavailable || cause instanceof LogCorrupt) return cause;
  const error = convertToCommandError(cause);
  if (error instanceof StreamDeletedError) return deleted(stream);
  if (error instanceof AccessDeniedError) return denied(cause);
  return new LogUnavailable(`${stream} can't be read: ${error.message}`, { cause });
}

function revisionOf({ actualVersion }: WrongExpectedVersionError): number {
  return typeof actualVersion === 'bigint' ? Number(actualVersion) : NO_STREAM;
}

/** Nothing here deletes a stream for good: the log is not what was written. */
const deleted = (stream: string): LogCorrupt =>
  new LogCorrupt(stream, NO_STREAM, 'the stream was deleted for good');

const denied = (cause: Error): LogUnavailable =>
  new LogUnavailable(`the event store denies access: ${cause.message}`, { cause });
