import { status } from '@grpc/grpc-js';
import { AppendOutcomeUnknown, type Appended } from '@tollgate/ports';
import { ANY_REVISION, NO_STREAM_YET, STREAM_EXISTS } from '../store/expected-revision';
import { AppendTooLarge, StreamDeleted, WrongExpectedVersion } from '../store/store.errors';
import { statusOf } from './rpc-errors';

const TYPE_URL = 'type.googleapis.com/event_store.client.';

export function positionOf(position: number): object {
  return { commitPosition: position, preparePosition: position };
}

export function appendSuccess({ revision, position }: Appended): object {
  const end = revision < 0 ? { noStream: {} } : { currentRevision: revision };
  return { success: { ...end, position: positionOf(position) } };
}

/** Append answers a wrong expected version as a result, in the fields of two generations. */
export function appendWrongVersion({ expected, actual }: WrongExpectedVersion): object {
  const isNone = actual === NO_STREAM_YET;
  return {
    wrongExpectedVersion: {
      ...(isNone
        ? { noStream_20_6_0: {}, currentNoStream: {} }
        : { currentRevision_20_6_0: actual, currentRevision: actual }),
      ...expectedFields(expected, 'expectedRevision'),
      ...oldExpectedFields(expected),
    },
  };
}

export function deleteSuccess({ position }: Appended): object {
  return { position: positionOf(position) };
}

/** Status of an append that failed, whose stream of appends goes on. */
export function batchError(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AppendOutcomeUnknown) return batchTimeout(message);
  return { code: statusOf(error), message, details: detailsOf(error) };
}

export function batchTimeout(message = 'Timeout'): object {
  return { code: status.DEADLINE_EXCEEDED, message, details: { '@type': `${TYPE_URL}Timeout` } };
}

export function batchAccessDenied(): object {
  const details = { '@type': `${TYPE_URL}AccessDenied` };
  return { code: status.PERMISSION_DENIED, message: 'Access Denied', details };
}

function detailsOf(error: unknown): object {
  if (error instanceof WrongExpectedVersion) {
    const { expected, actual } = error;
    return {
      '@type': `${TYPE_URL}WrongExpectedVersion`,
      ...(actual === NO_STREAM_YET ? { currentNoStream: {} } : { currentStreamRevision: actual }),
      ...expectedFields(expected, 'expectedStreamPosition'),
    };
  }
  if (error instanceof StreamDeleted) {
    const streamIdentifier = { streamName: Buffer.from(error.stream) };
    return { '@type': `${TYPE_URL}StreamDeleted`, streamIdentifier };
  }
  if (error instanceof AppendTooLarge) {
    return { '@type': `${TYPE_URL}MaximumAppendSizeExceeded`, maxAppendSize: error.bytesMax };
  }
  return { '@type': `${TYPE_URL}Unknown` };
}

function expectedFields(expected: number, exactName: string): object {
  if (expected === ANY_REVISION) return { expectedAny: {} };
  if (expected === STREAM_EXISTS) return { expectedStreamExists: {} };
  if (expected === NO_STREAM_YET) return { expectedNoStream: {} };
  return { [exactName]: expected };
}

function oldExpectedFields(expected: number): object {
  if (expected === ANY_REVISION) return { any_20_6_0: {} };
  if (expected === STREAM_EXISTS) return { streamExists_20_6_0: {} };
  // That generation knew no stream as the largest number of 64 bits.
  return { expectedRevision_20_6_0: BigInt.asUintN(64, BigInt(expected)).toString() };
}
