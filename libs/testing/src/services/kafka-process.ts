import { freePort } from '../processes/free-port';
import { kafkaAnswers } from './answers';
import { NativeProcess, temporaryFolder } from './native-process';
import { prepareKafka } from './native-tools';

/** A Kafka node of its own. It has no topics at first, and creates none by itself. */
export class KafkaProcess extends NativeProcess {
  readonly brokers: string[];

  private constructor(folder: string, port: number, controllerPort: number) {
    const broker = `127.0.0.1:${port}`;
    super({
      name: 'Kafka',
      folder,
      command: () => prepareKafka({ folder, port, controllerPort }),
      answers: () => kafkaAnswers(broker),
    });
    this.brokers = [broker];
  }

  /** A node that isn't started yet, in a new temporary folder. */
  static async create(): Promise<KafkaProcess> {
    const [port, controllerPort] = await Promise.all([freePort(), freePort()]);
    return new KafkaProcess(temporaryFolder('kafka'), port, controllerPort);
  }
}
