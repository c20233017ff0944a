import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Log } from '@tollgate/ports';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendError, toApiError } from './errors';
import type { KnownRoutes } from './known-routes';

/** Answers every exception of a Nest route with an error of the catalogue. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly routes: KnownRoutes,
  ) {}

  catch(fault: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (fault instanceof NotFoundException) {
      return sendError(reply, this.routes.errorFor(http.getRequest<FastifyRequest>()));
    }
    sendError(reply, toApiError(fault, this.log));
  }
}
