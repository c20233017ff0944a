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

/** One line a field, unless the message has said it already. */
function fieldLines({ message, details = {} }: ErrorBody): string[] {
  const { errors, requestId } = details;
  const all = Array.isArray(errors) ? (errors as FieldError[]).map(fieldLine) : [];
  const lines = all.length === 1 && all[0] === message ? [] : all;
  return typeof requestId === 'string' ? [...lines, `request id: ${requestId}`] : lines;
}

const fieldLine = ({ path, message }: FieldError): string => `${path.join('.')}: ${message}`;
