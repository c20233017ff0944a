import { errorCatalogue, type CatalogueEntry, type ErrorCode } from './catalogue';

export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface FieldError {
  /** Where the fault is, outermost first; array places are numbers. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** An error of the catalogue on its way to the caller. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly entry: CatalogueEntry;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: Readonly<Record<string, unknown>>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.entry = errorCatalogue[code];
  }

  get body(): ErrorBody {
    const { code, message, details } = this;
    return details === undefined ? { code, message } : { code, message, details };
  }
}

export function invalidRequest(errors: readonly FieldError[]): ApiError {
  const [first] = errors;
  const where = first === undefined ? '' : `${first.path.join('.')}: ${first.message}`;
  return new ApiError('invalid_request', where || 'The request is invalid.', { errors });
}
