import { NativeProcess, temporaryFolder } from '../services/native-process';
import { builtProgram } from './built-program';
import { freePort } from './free-port';

export type ServiceName = 'gateway' | 'billing' | 'messaging' | 'projection';

/**
 * A service of the distributed system as a program of its own. It keeps its ports over restarts,
 * and has started when it is ready. Needs the build.
 */
export class ServiceProcess extends NativeProcess {
  private constructor(
    readonly name: ServiceName,
    /** Of `/health` and `/metrics`. */
    readonly healthUrl: string,
    folder: string,
    env: Readonly<Record<string, string>>,
  ) {
    const args = builtProgram('distributed', name);
    super({
      name,
      folder,
      command: () => Promise.resolve({ command: process.execPath, args, env }),
      answers: () => isReady(healthUrl),
    });
  }

  /** A service that isn't started yet. */
  static async create(
    name: ServiceName,
    env: Readonly<Record<string, string>>,
  ): Promise<ServiceProcess> {
    const healthPort = await freePort();
    return new ServiceProcess(name, `http://127.0.0.1:${healthPort}`, temporaryFolder(name), {
      TOLLGATE_INSTANCE: `${name}-${healthPort}`,
      TOLLGATE_LOG_LEVEL: 'warn',
      TOLLGATE_HEALTH_PORT: String(healthPort),
      ...env,
    });
  }

  /** One number of `/metrics`, by its name and labels as they stand there; 0 when absent. */
  async metric(series: string): Promise<number> {
    const text = await (await fetch(`${this.healthUrl}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(series));
    return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')));
  }
}

async function isReady(healthUrl: string): Promise<boolean> {
  const answer = await fetch(`${healthUrl}/health/ready`).catch(() => undefined);
  await answer?.arrayBuffer();
  return answer?.ok === true;
}
