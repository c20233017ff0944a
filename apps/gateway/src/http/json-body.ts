import { isUtf8 } from 'node:buffer';
import { invalidRequest, type ApiError } from '@tollgate/contracts';
import type { FastifyInstance } from 'fastify';
import { mayHoldLoneSurrogates, problemOfJson } from './json-values';

/**
 * JSON objects as Fastify parses them, keys that could poison a prototype refused. No body at all
 * is an empty object: the official client sends none with updates that change nothing.
 */
export function acceptJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, {});
    if (!isUtf8(bytes as Buffer)) return done(invalidBody('must be UTF-8'));
    const text = bytes.toString();
    void parse(request, text, (fault, body: unknown) => {
      const problem = fault === null ? problemOfBody(text, body) : undefined;
      if (problem === undefined) done(fault, body);
      else done(invalidBody(problem));
    });
  });
  server.addHook('preValidation', (request, _reply, done) => {
    request.body ??= {};
    done();
  });
}

function problemOfBody(text: string, body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return 'must be a JSON object';
  }
  return mayHoldLoneSurrogates(text) ? problemOfJson(body) : undefined;
}

function invalidBody(message: string): ApiError {
  return invalidRequest([{ path: ['body'], message }]);
}
