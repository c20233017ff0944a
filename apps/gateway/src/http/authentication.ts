import { timingSafeEqual, hash } from 'node:crypto';
import { isMainAccountId } from '@tollgate/domain';
import { apiKeyKey, secretKey, type ApiKeyRow, type SecretRow } from '@tollgate/projections';
import type { ReadModelReader } from '@tollgate/ports';
import type { FastifyRequest } from 'fastify';
import { isWellFormedSecret } from './api-key-secret';
import { unauthorized, type AccountCaller, type Caller } from './caller';
import type { KnownKeys } from './known-keys';

const OPERATOR_ROUTES = '/operator/';
const ACCOUNT_ROUTES = ['/v1/', '/billing/'];
const BEARER = 'bearer ';

/** Finds out who sends a request, from its bearer token. */
export class Authentication {
  private readonly operatorHash: string;

  constructor(
    private readonly readModels: ReadModelReader,
    private readonly keys: KnownKeys,
    operatorKey: string,
  ) {
    this.operatorHash = sha256(operatorKey);
  }

  /** Null for routes that everybody may use. @throws ApiError unauthorized */
  async callerOf(request: FastifyRequest): Promise<Caller | null> {
    const route = routeOf(request);
    if (route.startsWith(OPERATOR_ROUTES)) return this.operator(tokenOf(request));
    if (!ACCOUNT_ROUTES.some((prefix) => route.startsWith(prefix))) return null;
    return this.account(tokenOf(request));
  }

  private operator(token: string): Caller {
    const given = Buffer.from(sha256(token));
    if (!timingSafeEqual(given, Buffer.from(this.operatorHash))) throw unauthorized();
    return { kind: 'operator' };
  }

  private account(token: string): Caller | Promise<Caller> {
    const secretHash = sha256(token);
    const known = this.keys.find(secretHash);
    if (known !== undefined) return known;
    if (!isWellFormedSecret(token)) throw unauthorized();
    return this.keys.lookUp(secretHash, () => this.callerWith(secretHash));
  }

  private async callerWith(secretHash: string): Promise<AccountCaller> {
    const secret = (await this.readModels.get(secretKey(secretHash))) as SecretRow | undefined;
    if (secret === undefined) throw unauthorized();
    const { keyId, accountId, teamId, environment } = secret;
    const key = (await this.readModels.get(apiKeyKey(teamId, keyId))) as ApiKeyRow | undefined;
    if (key === undefined || key.revokedAt !== null) throw unauthorized();
    return {
      kind: 'account',
      keyId,
      accountId,
      teamId,
      environment,
      isMain: isMainAccountId(accountId),
    };
  }
}

/** How the hash of a secret is stored, in hex. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/**
 * The route as it was declared, never the URL as it was written: `/%6fperator/v1/teams` and
 * `http://host/operator/v1/teams` lead to the operator's routes as well. A URL that leads to no
 * route protects nothing.
 */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? request.url;
}

function tokenOf(request: FastifyRequest): string {
  const { authorization = '' } = request.headers;
  if (authorization.slice(0, BEARER.length).toLowerCase() !== BEARER) throw unauthorized();
  return authorization.slice(BEARER.length).trim();
}
