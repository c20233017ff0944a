import type { Metrics } from '@tollgate/platform';
import type { FastifyInstance } from 'fastify';

/** By the route as it was declared: ids in paths would make a series of each. */
export function measureRequests(server: FastifyInstance, { requestSeconds }: Metrics): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const labels = { method, route: routeOptions.url ?? 'none', status: String(reply.statusCode) };
    requestSeconds.observe(labels, reply.elapsedTime / 1_000);
  });
}
