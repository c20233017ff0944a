import { invalidRequest, type ApiError, type FieldError } from '@tollgate/contracts';
import type { FastifySchemaValidationError } from 'fastify';

const ERRORS_MAX = 50;

/** What a compiled schema found, in the words and paths that the other routes use. */
export function errorOfSchema(errors: readonly FastifySchemaValidationError[]): ApiError {
  return invalidRequest(errors.slice(0, ERRORS_MAX).map(fieldError));
}

function fieldError({
  instancePath,
  keyword,
  params,
  message,
}: FastifySchemaValidationError): FieldError {
  const path = instancePath.split('/').slice(1).map(placeOrName);
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    return { path: [...path, name], message: 'is not a known field' };
  }
  if (keyword === 'required') {
    return { path: [...path, String(params['missingProperty'])], message: 'is required' };
  }
  return { path, message: message ?? 'is invalid' };
}

function placeOrName(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~');
}
