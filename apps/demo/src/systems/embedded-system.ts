import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from '@tollgate/adapter-embedded';
import { ServerProcess } from '@tollgate/testing';
import { checkLog } from '../checks/check-log';
import type { DemoSystem } from './demo-system';

/** The embedded system on a throw-away data folder. */
export async function embeddedSystem(): Promise<DemoSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-demo-'));
  const server = await ServerProcess.on({ dataDir });
  return {
    url: server.url,
    operatorKey: server.operatorKey,
    start: () => server.start(),
    restart: async () => {
      await server.kill();
      await server.start();
    },
    audit: async () => {
      await server.stop();
      const folder = await DataFolder.open(dataDir, { readOnly: true });
      return checkLog(folder).finally(() => folder.close());
    },
    end: async () => {
      await server.kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
