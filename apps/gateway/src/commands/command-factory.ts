import { crc32 } from 'node:zlib';
import { commandIdOf, invalidRequest } from '@tollgate/contracts';
import type { CommandMetadata } from '@tollgate/domain';
import type { Clock, Digest, IdSource } from '@tollgate/ports';
import type { FastifyRequest } from 'fastify';

const KEY_LENGTH_MAX = 255;
const TRACE_PARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const CORRELATION_ID = /^[\x21-\x7e]{1,128}$/;

export interface CommandSource {
  readonly request: FastifyRequest;
  readonly teamId: string;
  /** Idempotency keys of different scopes never meet: an account, or the operator. */
  readonly scope: string;
  readonly keyId?: string;
  readonly idempotencyKey?: string;
  /** What the idempotency key stands for; method, path and body of the request when absent. */
  readonly content?: () => string;
}

/** Gives commands their id, time and origin. */
export class CommandFactory {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdSource,
    private readonly digest: Digest,
  ) {}

  /**
   * With an idempotency key the command's id is derived from it, so a repeat meets its first try
   * in the writer. Without one, requests of the official client carry a fingerprint instead.
   */
  metadata(source: CommandSource): CommandMetadata {
    const { request, teamId, keyId, idempotencyKey } = source;
    return {
      id: idempotencyKey === undefined ? this.ids.next() : this.keyedId(source),
      teamId,
      at: this.clock.now(),
      ...(keyId === undefined ? {} : { keyId }),
      ...(idempotencyKey === undefined ? this.retryOf(source) : { bodyHash: bodyHash(source) }),
      ...traceOf(request),
    };
  }

  keyedId({ scope, idempotencyKey = '' }: Pick<CommandSource, 'scope' | 'idempotencyKey'>): string {
    return commandIdOf(`${scope}\n${idempotencyKey}`, this.digest.sha256);
  }

  private retryOf(source: CommandSource): Partial<CommandMetadata> {
    const { request, scope, keyId = '' } = source;
    const count = retryCount(request);
    if (count === undefined) return {};
    const content = `${scope}\n${keyId}\n${contentOf(source)}`;
    return { fingerprint: commandIdOf(content, this.digest.sha256), isRetry: count > 0 };
  }
}

/** How often the official client has sent this request before; undefined for other clients. */
export function retryCount(request: FastifyRequest): number | undefined {
  const header = request.headers['x-stainless-retry-count'];
  return typeof header === 'string' && /^\d{1,4}$/.test(header) ? Number(header) : undefined;
}

/** The key of the request's `Idempotency-Key` header. @throws ApiError invalid_request */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length > 0 && key.length <= KEY_LENGTH_MAX) return key;
  throw invalidRequest([
    { path: ['Idempotency-Key'], message: `must have 1 to ${KEY_LENGTH_MAX} characters` },
  ]);
}

/** @throws ApiError invalid_request when the header is missing. */
export function requiredIdempotencyKey(request: FastifyRequest): string {
  const key = idempotencyKeyOf(request);
  if (key !== undefined) return key;
  throw invalidRequest([{ path: ['Idempotency-Key'], message: 'is required on this route' }]);
}

function bodyHash(source: CommandSource): number {
  return crc32(contentOf(source));
}

function contentOf({ request, content }: CommandSource): string {
  if (content !== undefined) return content();
  const path = request.url.split('?', 1)[0]!;
  return `${request.method} ${path}\n${JSON.stringify(request.body ?? {})}`;
}

function traceOf({ headers }: FastifyRequest): Partial<CommandMetadata> {
  const { traceparent, 'x-correlation-id': correlationId } = headers;
  return {
    ...(matches(traceparent, TRACE_PARENT) ? { traceparent } : {}),
    ...(matches(correlationId, CORRELATION_ID) ? { correlationId } : {}),
  };
}

function matches(header: string | string[] | undefined, rule: RegExp): header is string {
  return typeof header === 'string' && rule.test(header);
}
