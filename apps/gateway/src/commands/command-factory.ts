import { crc32 } from 'node:zlib';
import { commandIdOf, invalidRequest } from '@tollgate/contracts';
import type { CommandMetadata } from '@tollgate/domain';
import type { Clock, Digest, IdSource } from '@tollgate/ports';
import type { FastifyRequest } from 'fastify';
import type { AccountCaller } from '../http/caller';

const KEY_LENGTH_MAX = 255;
const TRACE_PARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const CORRELATION_ID = /^[\x21-\x7e]{1,128}$/;

export interface CommandSource {
  readonly request: FastifyRequest;
  readonly teamId: string;
  /** Idempotency keys of different scopes never meet: an account, or the operator. */
  readonly scope: string;
  readonly keyId?: string;
}

export interface CommandContent {
  readonly idempotencyKey?: string | undefined;
  /** What the key stands for; method, path and body of the request when absent. */
  readonly content?: () => string;
}

/** Gives commands their id, time and origin. */
export class CommandFactory {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdSource,
    private readonly digest: Digest,
  ) {}

  /** The metadata of a request that makes one command. */
  metadata(source: CommandSource & CommandContent): CommandMetadata {
    return this.origin(source).metadata(source);
  }

  /** As {@link metadata}, for a request whose idempotency key can be in its header only. */
  ofCaller(request: FastifyRequest, caller: AccountCaller): CommandMetadata {
    const { teamId, keyId, accountId: scope } = caller;
    const idempotencyKey = idempotencyKeyOf(request);
    return this.metadata({ request, teamId, keyId, scope, idempotencyKey });
  }

  /**
   * An id for something that a command makes. Never the command's own: an idempotency key gives
   * the same command id again after the window has forgotten it, and things must not.
   */
  newId(): string {
    return this.ids.next();
  }

  /** What all commands of one request have in common. */
  origin(source: CommandSource): CommandOrigin {
    return new CommandOrigin(source, {
      now: this.clock.now(),
      ids: this.ids,
      sha256: this.digest.sha256,
    });
  }
}

interface OriginTools {
  readonly now: number;
  readonly ids: IdSource;
  readonly sha256: Digest['sha256'];
}

/** Where the commands of one request come from. */
export class CommandOrigin {
  private readonly traceparent: string | undefined;
  private readonly correlationId: string | undefined;
  private readonly retries: number | undefined;

  constructor(
    private readonly source: CommandSource,
    private readonly tools: OriginTools,
  ) {
    const { headers } = source.request;
    this.traceparent = matching(headers['traceparent'], TRACE_PARENT);
    this.correlationId = matching(headers['x-correlation-id'], CORRELATION_ID);
    this.retries = retryCount(source.request);
  }

  /**
   * With an idempotency key the command's id is derived from it, so a repeat meets its first try
   * in the writer. Without one, requests of the official client carry a fingerprint instead.
   */
  metadata({ idempotencyKey, content }: CommandContent = {}): CommandMetadata {
    const { teamId, scope } = this.source;
    if (idempotencyKey !== undefined) {
      const id = commandIdOf(`${scope}\n${idempotencyKey}`, this.tools.sha256);
      const bodyHash = crc32((content ?? this.requestContent)());
      return { ...this.plain(id, teamId), bodyHash };
    }
    const plain = this.plain(this.tools.ids.next(), teamId);
    return this.retries === undefined ? plain : { ...plain, ...this.retryOf(content) };
  }

  private plain(id: string, teamId: string): CommandMetadata {
    const { source, tools, traceparent, correlationId } = this;
    return { id, teamId, at: tools.now, keyId: source.keyId, traceparent, correlationId };
  }

  private retryOf(content = this.requestContent): Partial<CommandMetadata> {
    const { scope, keyId = '' } = this.source;
    const text = `${scope}\n${keyId}\n${content()}`;
    const isRetry = (this.retries ?? 0) > 0;
    return { fingerprint: commandIdOf(text, this.tools.sha256), isRetry };
  }

  private readonly requestContent = (): string => {
    const { request } = this.source;
    const path = request.url.split('?', 1)[0]!;
    const content = `${request.method} ${path}\n${JSON.stringify(request.body ?? {})}`;
    const sender = request.headers['zavu-sender'];
    return sender === undefined ? content : `${content}\nfrom ${String(sender)}`;
  };
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

function matching(header: string | string[] | undefined, rule: RegExp): string | undefined {
  return typeof header === 'string' && rule.test(header) ? header : undefined;
}
