import { StackProcess } from '@tollgate/testing';
import { checkServers } from '../checks/check-servers';
import type { DemoSystem } from './demo-system';

/** The distributed system, as `npm run stack` runs it, on a throw-away folder. */
export async function stackSystem(): Promise<DemoSystem> {
  const stack = await StackProcess.create();
  return {
    url: stack.url,
    operatorKey: stack.operatorKey,
    start: () => stack.start(),
    restart: async () => {
      await stack.kill();
      await stack.start();
    },
    audit: () => checkServers(stack),
    end: () => stack.remove(),
  };
}
