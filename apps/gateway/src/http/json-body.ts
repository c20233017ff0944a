import { invalidRequest } from '@tollgate/contracts';
import type { FastifyInstance } from 'fastify';

/**
 * JSON objects as Fastify parses them, keys that could poison a prototype refused. No body at all
 * is an empty object: the official client sends none with updates that change nothing.
 */
export function acceptJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text.length === 0) return done(null, {});
    void parse(request, text as string, (fault, body: unknown) => {
      if (fault !== null || isObject(body)) done(fault, body);
      else done(invalidRequest([{ path: ['body'], message: 'must be a JSON object' }]));
    });
  });
  server.addHook('preValidation', (request, _reply, done) => {
    request.body ??= {};
    done();
  });
}

function isObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
