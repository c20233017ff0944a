import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StackProcess } from '@tollgate/testing';
import { checkServers } from '../checks/check-servers';
import type { DemoSystem } from './demo-system';

/** The distributed system, as `npm run stack` runs it, on a throw-away folder. */
export async function stackSystem(): Promise<DemoSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'tollgate-demo-'));
  const stack = await StackProcess.on({ folder });
  return {
    url: stack.url,
    operatorKey: stack.operatorKey,
    start: () => stack.start(),
    restart: async () => {
      await stack.kill();
      await stack.start();
    },
    audit: () => checkServers(stack),
    end: async () => {
      await stack.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
