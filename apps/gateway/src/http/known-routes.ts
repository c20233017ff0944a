import { ApiError } from '@tollgate/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { whyNotOffered } from '../v1/not-offered';

interface KnownRoute {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Remembers every route, to tell an unknown path from a method that a path doesn't have. */
export class KnownRoutes {
  private readonly routes = new Map<string, KnownRoute>();

  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      if (url === '*' || url === '/*') return;
      const route = this.routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
      for (const each of [method].flat()) route.methods.add(each);
      this.routes.set(url, route);
    });
  }

  errorFor(request: FastifyRequest): ApiError {
    const path = request.url.split('?', 1)[0]!;
    const methods = new Set<string>();
    for (const route of this.routes.values()) {
      if (route.pattern.test(path)) route.methods.forEach((method) => methods.add(method));
    }
    if (methods.size === 0 || methods.has(request.method)) {
      const why = methods.size === 0 ? whyNotOffered(path) : undefined;
      return new ApiError('not_found', why ?? `There is no route ${request.method} ${path}.`);
    }
    const allow = [...methods].sort().join(', ');
    return new ApiError('method_not_allowed', `${path} allows ${allow}.`, undefined, { allow });
  }
}

function patternOf(url: string): RegExp {
  const escaped = url
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[^/]+/g, '[^/]+')
    .replace(/\\\*/g, '.*');
  return new RegExp(`^${escaped}/?$`);
}
