import { connect } from 'node:net';
import { join } from 'node:path';
import { NativeProcess, temporaryFolder } from '../services/native-process';
import { builtProgram } from './built-program';
import { freePort } from './free-port';

const ANSWER_MS_MAX = 1_000;

/** What the server does instead of answering appends. */
export interface DevstoreFaults {
  readonly append?:
    'delay' | 'refuse' | 'no-answer' | 'no-answer-after-commit' | 'answer-lost-after-commit';
  /** For `delay`. */
  readonly delayMs?: number;
  /** So many appends are affected; all of them when absent. */
  readonly count?: number;
  /** Ends the streams of appends that are open now, as a lost connection does. */
  readonly cutStreams?: boolean;
  /** The same for reads and subscriptions. */
  readonly cutReads?: boolean;
}

/**
 * The server of apps/devstore as a program of its own, in place of an EventStoreDB node. It keeps
 * its port and its log over restarts. Needs the build.
 */
export class DevstoreProcess extends NativeProcess {
  private constructor(
    private readonly port: number,
    private readonly faultsPort: number,
    folder: string,
    settings: Readonly<Record<string, string>>,
  ) {
    const env = {
      ...settings,
      DEVSTORE_HOST: '127.0.0.1',
      DEVSTORE_PORT: String(port),
      DEVSTORE_FAULTS_PORT: String(faultsPort),
      DEVSTORE_DATA_DIR: join(folder, 'data'),
    };
    const command = { command: process.execPath, args: builtProgram('devstore'), env };
    super({
      name: 'devstore',
      folder,
      command: () => Promise.resolve(command),
      answers: () => accepts(port),
    });
  }

  /** A server that isn't started yet, in a new temporary folder. */
  static async create(env: Readonly<Record<string, string>> = {}): Promise<DevstoreProcess> {
    const [port, faultsPort] = [await freePort(), await freePort()];
    return new DevstoreProcess(port, faultsPort, temporaryFolder('devstore'), env);
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** In place of the faults set before; none with an empty object. */
  async setFaults(faults: DevstoreFaults): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.faultsPort}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(faults),
    });
    if (!answer.ok) throw new Error(`devstore took no faults: ${await answer.text()}`);
  }
}

/** Whether somebody listens at the port. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: ANSWER_MS_MAX });
    const settle = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', settle(true)).once('error', settle(false));
    socket.once('timeout', settle(false));
  });
}
