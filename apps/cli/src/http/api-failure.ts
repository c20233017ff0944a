import type { ErrorBody, FieldError } from '@tollgate/contracts';
import { CommandFailure } from '../failure';

/** An error of the API's catalogue, as it was answered. */
export class ApiFailure extends CommandFailure {
  override readonly name = 'ApiFailure';

  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    hints: readonly string[] = [],
  ) {
    super(`${body.message} (${body.code})`, [...fieldLines(body), ...hints]);
  }
}

/** The error in an answer; undefined when it is not one of Tollgate's. */
export function errorBodyIn(answer: unknown): ErrorBody | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { code, message } = answer as Partial<ErrorBody>;
  return typeof code === 'string' && typeof message === 'string'
    ? (answer as ErrorBody)
    : undefined;
}

function fieldLines({ details = {} }: ErrorBody): string[] {
  const { errors, requestId } = details;
  const lines = Array.isArray(errors) ? (errors as FieldError[]).map(fieldLine) : [];
  return typeof requestId === 'string' ? [...lines, `request id: ${requestId}`] : lines;
}

const fieldLine = ({ path, message }: FieldError): string => `${path.join('.')}: ${message}`;
