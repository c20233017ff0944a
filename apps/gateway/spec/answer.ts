import { errorCatalogue, type ErrorBody } from '@tollgate/contracts';

export interface Sent {
  readonly method: string;
  readonly url: string;
  /** The bearer token; no authorization when absent. */
  readonly key?: string | undefined;
  /** An object is sent as JSON, text and bytes as they are. */
  readonly body?: object | string | Buffer | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly text: string;
  readonly body: Body;
}

/** What is wrong with an answer as an answer of the API; nothing when it keeps the promises. */
export function faultsOf({ status, headers, text, body }: Answer): string[] {
  const faults: string[] = [];
  if (status >= 500) faults.push(`status ${status}`);
  if (status === 204) return text === '' ? faults : [...faults, '204 with a body'];
  if (headers['content-type'] !== 'application/json; charset=utf-8') {
    faults.push(`content type ${String(headers['content-type'])}`);
  }
  return status < 400 ? faults : [...faults, ...faultsOfError(status, body)];
}

/** Flat, with a code of the catalogue and that code's status. */
export function faultsOfError(status: number, body: unknown): string[] {
  if (!isObject(body)) return ['no JSON object'];
  const { message, details = {} } = body as Partial<ErrorBody>;
  const strange = Object.keys(body as object).filter((name) => !FIELDS.includes(name));
  return [
    ...strange.map((name) => `a field ${name}`),
    ...faultsOfCode(status, (body as Partial<ErrorBody>).code),
    ...(typeof message === 'string' && message !== '' ? [] : ['no message']),
    ...(isObject(details) ? [] : ['details that are no object']),
  ];
}

const FIELDS = ['code', 'message', 'details'];

function faultsOfCode(status: number, code: unknown): string[] {
  const entry = Object.entries(errorCatalogue).find(([known]) => known === code)?.[1];
  if (entry === undefined) return [`code ${String(code)}`];
  return entry.status === status ? [] : [`${String(code)} with status ${status}`];
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
