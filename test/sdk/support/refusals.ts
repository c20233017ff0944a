import Zavudev from '@zavudev/sdk';
import { asGiven, someText } from './checks';
import { errorOf } from './clients';
import { expectShape, object, optional } from './shape';

interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly details?: object;
}

/** Flat, as the client wants it. */
const errorBody = object<ErrorBody>({
  code: someText,
  message: someText,
  details: optional(asGiven<object>()),
});

/** How a call must end; what is not named may be anything. */
export interface Refusal {
  readonly status: 400 | 401 | 402 | 403 | 404;
  readonly code: string;
  readonly message?: string;
  readonly details?: object;
}

/** What the client makes of a status; 402 has no class of its own. */
const classes = {
  400: Zavudev.BadRequestError,
  401: Zavudev.AuthenticationError,
  402: Zavudev.APIError,
  403: Zavudev.PermissionDeniedError,
  404: Zavudev.NotFoundError,
} as const;

/** Fails unless the call is refused in this way, by the class of error that belongs to it. */
export async function expectRefused(call: Promise<unknown>, refusal: Refusal): Promise<void> {
  const error = await errorOf(call);
  const body = expectShape(error.error as ErrorBody, errorBody);
  const { status, message } = error;
  expect({ status, body }).toMatchObject({ status: refusal.status, body: withoutStatus(refusal) });
  expect(message).toBe(`${status} ${body.message}`);
  expect(error.constructor).toBe(classes[refusal.status]);
}

/** A 400 that names just these fields, and says something of each. */
export async function expectInvalid(
  call: Promise<unknown>,
  ...fields: readonly string[]
): Promise<void> {
  const error = await errorOf(call);
  expectShape(error.error as ErrorBody, errorBody);
  expect(error).toBeInstanceOf(Zavudev.BadRequestError);
  const { code, details } = error.error as { code: string; details: { errors: FieldError[] } };
  expect(code).toBe('invalid_request');
  expect(details.errors.map(({ path }) => path.join('.')).sort()).toEqual([...fields].sort());
  for (const { message } of details.errors) expect(message).toMatch(/\S/);
}

interface FieldError {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Well formed, and yet not to be done. */
export const badRequest = (message: string): Refusal => {
  return { status: 400, code: 'bad_request', message };
};

export const notFound = (message: string): Refusal => {
  return { status: 404, code: 'not_found', message };
};

export const unauthorized: Refusal = { status: 401, code: 'unauthorized' };

function withoutStatus({ status: _, ...body }: Refusal): Partial<ErrorBody> {
  return body;
}
