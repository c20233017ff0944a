import type { Environment } from '@tollgate/domain';
import { ApiError } from '@tollgate/contracts';
import type { FastifyRequest } from 'fastify';

/** Who an API key speaks for. */
export interface AccountCaller {
  readonly kind: 'account';
  readonly keyId: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly environment: Environment;
  /** True for the team's main account. */
  readonly isMain: boolean;
}

export interface OperatorCaller {
  readonly kind: 'operator';
}

export type Caller = AccountCaller | OperatorCaller;

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** The account that asks; the authentication hook has put it there. */
export function accountCaller(request: FastifyRequest): AccountCaller {
  if (request.caller?.kind !== 'account') throw unauthorized();
  return request.caller;
}

/** The main account that asks. @throws ApiError forbidden for a sub-account's key. */
export function mainCaller(request: FastifyRequest): AccountCaller {
  const caller = accountCaller(request);
  if (!caller.isMain) {
    throw new ApiError('forbidden', 'Sub-account API keys cannot manage sub-accounts.');
  }
  return caller;
}

export function unauthorized(): ApiError {
  return new ApiError('unauthorized', 'Invalid or missing API key.');
}
