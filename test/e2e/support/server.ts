import { ServerProcess } from '@tollgate/testing';
import { DistributedServer } from './distributed-server';

/** The system as a test sees it from outside, whichever of its two shapes it has. */
export interface Server {
  readonly url: string;
  readonly operatorKey: string;
  readonly pid: number | undefined;
  /** What its processes wrote since they were started last. */
  readonly written: string;
  start(): Promise<void>;
  stop(): Promise<number | null>;
  kill(): Promise<unknown>;
}

export interface ServerOptions {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
}

/** `TOLLGATE_TEST_SYSTEM=distributed` runs the same specs against the services. */
export const isDistributed = (): boolean => process.env['TOLLGATE_TEST_SYSTEM'] === 'distributed';

/** Not started yet; and where its log can be read, see `stored-log.ts`. */
export async function newServer(
  options: ServerOptions,
): Promise<{ server: Server; place: string }> {
  if (isDistributed()) {
    const server = await DistributedServer.on(options.env);
    return { server, place: server.place };
  }
  return { server: await ServerProcess.on(options), place: options.dataDir };
}
