import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastify, { type FastifyInstance } from 'fastify';
import { reportRoutes } from './carrier/reports.routes';
import { ChargeCommands } from './charges/charge-commands';
import { chargeRoutes } from './charges/charges.routes';
import { CommandFactory } from './commands/command-factory';
import { CommandGate } from './commands/command-gate';
import { serveDocs } from './docs';
import { GatewayModule } from './gateway.module';
import { Authentication } from './http/authentication';
import { answerClientError } from './http/client-errors';
import { ErrorFilter } from './http/error.filter';
import { sendError, toApiError } from './http/errors';
import { acceptJson } from './http/json-body';
import { KnownKeys } from './http/known-keys';
import { KnownRoutes } from './http/known-routes';
import { RateLimits } from './http/rate-limits';
import { validationPipe } from './http/validation';
import { measureRequests } from './measure-requests';
import type { GatewayOptions } from './options';

const BODY_LIMIT = 1024 * 1024;
/** Longer than the default of usual load balancers, so that they close first. */
const KEEP_ALIVE_MS = 75_000;

/** The gateway's HTTP application, initialised and not yet listening. */
export async function createGateway(options: GatewayOptions): Promise<NestFastifyApplication> {
  const server = newServer(options);
  const routes = new KnownRoutes();
  routes.watch(server);
  acceptJson(server);
  const keys = new KnownKeys();
  options.onAccessChange?.(() => keys.forgetAll());
  guard(server, keys, options);
  if (options.metrics !== undefined) measureRequests(server, options.metrics);
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.register(options, keys),
    new FastifyAdapter(server),
    { bodyParser: false, logger: ['error', 'warn'], abortOnError: false },
  );
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ErrorFilter(options.log, routes));
  serveCharges(server, app, options);
  serveReports(server, options);
  serveDocs(app);
  await app.init();
  await server.ready();
  return app;
}

/** What never reaches a route is answered in the same shape as what does. */
function newServer({ log }: GatewayOptions): FastifyInstance {
  return fastify({
    bodyLimit: BODY_LIMIT,
    keepAliveTimeout: KEEP_ALIVE_MS,
    clientErrorHandler: answerClientError,
    frameworkErrors: (fault, _request, reply) => sendError(reply, toApiError(fault, log)),
    // Requests that arrive on open connections while the server closes are served, not dropped.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
  }) as unknown as FastifyInstance;
}

/** Every request is told apart by its key, then counted, before anything of it is read. */
function guard(server: FastifyInstance, keys: KnownKeys, options: GatewayOptions): void {
  const authentication = new Authentication(options.readModels, keys, options.operatorKey);
  const limits = new RateLimits(options.rateLimitPerMinute, options.rateLimiter);
  server.decorateRequest('caller', null);
  server.addHook('onRequest', async (request, reply) => {
    const caller = await authentication.callerOf(request);
    request.caller = caller;
    if (caller?.kind === 'account') await limits.count(caller.accountId, reply);
  });
}

/** In a context of their own, where errors take the short way past Nest. */
function serveCharges(
  server: FastifyInstance,
  app: NestFastifyApplication,
  { log }: GatewayOptions,
): void {
  void server.register(async (scope) => {
    scope.setErrorHandler((fault, _request, reply) => sendError(reply, toApiError(fault, log)));
    chargeRoutes(scope, {
      commands: new ChargeCommands(app.get(CommandFactory)),
      gate: app.get(CommandGate),
    });
  });
}

/** Also in a context of their own, where bodies stay the bytes that were signed. */
function serveReports(server: FastifyInstance, { log, carrierReports }: GatewayOptions): void {
  if (carrierReports === undefined) return;
  void server.register(async (scope) => {
    scope.setErrorHandler((fault, _request, reply) => sendError(reply, toApiError(fault, log)));
    reportRoutes(scope, carrierReports);
  });
}
