import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { invalidRequest, type FieldError } from '@tollgate/contracts';
import { problemOfJson } from './json-values';
import { seal } from './opaque-json';

const ERRORS_MAX = 50;
const UNKNOWN_FIELD = 'is not a known field';

/** Checks bodies and queries against their DTO classes; unknown fields are refused. */
export function validationPipe(): ValidationPipe {
  return new PlainValuePipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => invalidRequest(fieldErrors(errors, []).slice(0, ERRORS_MAX)),
  });
}

/** Refuses first what the libraries behind the pipe can't cope with. */
class PlainValuePipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' || metadata.type === 'query') {
      const errors = trickyNames(value);
      const problem = problemOfJson(value);
      if (problem !== undefined) errors.push({ path: [metadata.type], message: problem });
      if (errors.length > 0) throw invalidRequest(errors);
    }
    const isBody = metadata.type === 'body' && typeof value === 'object' && value !== null;
    return super.transform(isBody ? seal(value) : value, metadata);
  }
}

/**
 * Names that every object inherits, such as `constructor`, pass the check for unknown fields. With
 * `then`, once its value is hidden in a function, a body would be a promise that is never kept.
 */
function trickyNames(value: unknown): FieldError[] {
  return Object.keys(value ?? {})
    .filter((name) => name in Object.prototype || name === 'then')
    .map((name) => ({ path: [name], message: UNKNOWN_FIELD }));
}

function fieldErrors(
  errors: readonly ValidationError[],
  path: readonly (string | number)[],
): FieldError[] {
  return errors.flatMap(({ property, constraints, children = [] }) => {
    const here = [...path, /^\d+$/.test(property) ? Number(property) : property];
    const own = Object.values(constraints ?? {}).map((message) => {
      return { path: here, message: withoutName(message, property) };
    });
    return [...own, ...fieldErrors(children, here)];
  });
}

/** The path names the field already: "name must be a string" becomes "must be a string". */
function withoutName(message: string, property: string): string {
  if (message.endsWith('should not exist')) return UNKNOWN_FIELD;
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
