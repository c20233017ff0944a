import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { invalidRequest, type FieldError } from '@tollgate/contracts';

const ERRORS_MAX = 50;

/** Checks bodies and queries against their DTO classes; unknown fields are refused. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => invalidRequest(fieldErrors(errors, []).slice(0, ERRORS_MAX)),
  });
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
  if (message.endsWith('should not exist')) return 'is not a known field';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
