import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ApiError } from '@tollgate/contracts';
import type { FastifyRequest } from 'fastify';
import { accountCaller, mainCaller, unauthorized } from './caller';

/*
 * Guards run before bodies are validated, so who may not do something learns nothing about how it
 * is done. They also stand behind the authentication hook, should a path ever get past that.
 */

/** Lets the operator's key pass. @throws ApiError unauthorized */
export class OperatorOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (requestOf(context).caller?.kind !== 'operator') throw unauthorized();
    return true;
  }
}

/** Lets keys of the main account pass. @throws ApiError forbidden */
export class MainAccountOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    mainCaller(requestOf(context));
    return true;
  }
}

/** Lets live keys pass, of any account. @throws ApiError forbidden */
export class LiveKeyOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (accountCaller(requestOf(context)).environment === 'live') return true;
    throw new ApiError('forbidden', 'Test API keys spend nothing.');
  }
}

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}
