import { checkServers } from '../checks/check-servers';
import type { DemoSystem } from './demo-system';

/** A system that runs already, and goes on afterwards: nothing of it is restarted or deleted. */
export function givenSystem(url: string, env: NodeJS.ProcessEnv): DemoSystem {
  const operatorKey = env['TOLLGATE_OPERATOR_KEY'];
  if (!operatorKey) throw new Error('TOLLGATE_URL is set: set TOLLGATE_OPERATOR_KEY to its key');
  const [eventStore, redis] = [env['TOLLGATE_EVENTSTOREDB'], env['TOLLGATE_REDIS']];
  return {
    url: url.replace(/\/$/, ''),
    operatorKey,
    start: () => untilReady(url),
    audit: (overHttp) => (eventStore && redis ? checkServers({ eventStore, redis }) : overHttp()),
    end: () => Promise.resolve(),
  };
}

async function untilReady(url: string): Promise<void> {
  const answer = await fetch(new URL('/health/ready', url)).catch(() => undefined);
  if (answer?.ok !== true) throw new Error(`no system is ready on ${url}`);
}
