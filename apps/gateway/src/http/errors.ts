import { randomUUID } from 'node:crypto';
import { ApiError, invalidRequest, type FieldError } from '@tollgate/contracts';
import {
  AppendOutcomeUnknown,
  CommandLogFull,
  CommandLogUnavailable,
  LogUnavailable,
  ReadModelsUnavailable,
  VaultUnavailable,
  type Log,
} from '@tollgate/ports';
import type { FastifyReply, FastifySchemaValidationError } from 'fastify';
import { errorOfSchema } from './schema-errors';

interface HttpFault {
  readonly code?: string;
  readonly statusCode?: number;
  readonly status?: number;
  readonly message: string;
  readonly validation?: readonly FastifySchemaValidationError[];
}

/** Turns whatever was thrown into an error of the catalogue; unexpected faults are logged. */
export function toApiError(fault: unknown, log: Log): ApiError {
  if (fault instanceof ApiError) return fault;
  return ofPort(fault) ?? ofFramework(fault) ?? unexpected(fault, log);
}

/** Writes an error as the flat body that every route answers with. */
export function sendError(reply: FastifyReply, error: ApiError): void {
  reply.code(error.entry.status).headers(error.headers);
  if (!error.entry.isRetryable && error.entry.status === 409) {
    reply.header('x-should-retry', 'false');
  }
  reply.type('application/json; charset=utf-8').send(JSON.stringify(error.body));
}

function ofPort(fault: unknown): ApiError | undefined {
  if (fault instanceof CommandLogFull) {
    const seconds = String(Math.ceil(fault.retryAfterMs / 1_000));
    return new ApiError('overloaded', 'Too many requests are waiting.', undefined, {
      'retry-after': seconds,
    });
  }
  if (fault instanceof CommandLogUnavailable || fault instanceof LogUnavailable) {
    return unavailable();
  }
  if (fault instanceof ReadModelsUnavailable) {
    return unavailable('What is asked for can not be read now.');
  }
  if (fault instanceof VaultUnavailable) {
    return unavailable('The keys of personal data are not available; nothing was done.');
  }
  if (fault instanceof AppendOutcomeUnknown) {
    return unavailable('It is not known yet whether this was recorded. Send it again.');
  }
  return undefined;
}

export function unavailable(message = 'The ledger is not available; nothing was done.'): ApiError {
  return new ApiError('unavailable', message, undefined, { 'retry-after': '1' });
}

/** What Fastify and Nest throw of themselves, by HTTP status. */
function ofFramework(fault: unknown): ApiError | undefined {
  const { code, statusCode, status, validation } = fault as HttpFault;
  if (validation !== undefined) return errorOfSchema(validation);
  switch (statusCode ?? status) {
    case 400:
      return invalidRequest([problemOf(code)]);
    case 404:
      return new ApiError('not_found', 'There is no such route.');
    case 413:
      return new ApiError('payload_too_large', 'The request body is too large.');
    case 414:
      return invalidRequest([{ path: ['url'], message: 'is too long' }]);
    case 415:
      return new ApiError('unsupported_media_type', 'Send the body as application/json.');
    default:
      return undefined;
  }
}

function problemOf(code: string | undefined): FieldError {
  switch (code) {
    case 'FST_ERR_BAD_URL':
      return { path: ['url'], message: 'must be percent-encoded UTF-8' };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return { path: ['body'], message: 'does not have the length that content-length says' };
    default:
      return { path: ['body'], message: 'must be valid JSON' };
  }
}

function unexpected(fault: unknown, log: Log): ApiError {
  const requestId = randomUUID();
  log.error('unexpected fault', { requestId, fault });
  return new ApiError('internal_error', 'Something went wrong on our side.', { requestId });
}
