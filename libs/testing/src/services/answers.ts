import { connect } from 'node:net';

const ANSWER_MS_MAX = 1000;

/** Whether a Redis answers PING: neither starting up, nor still loading its file. */
export async function redisAnswers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await ask(port, host, 'PING\r\n')).startsWith('+PONG');
}

/** Whether a Kafka cluster has a broker that its controller lets serve. */
export async function kafkaAnswers(broker: string): Promise<boolean> {
  const [host = '', port = ''] = broker.split(':');
  // A client would take much longer to learn that nobody listens yet.
  if (!(await listens(Number(port), host))) return false;
  // Loaded when it's needed: most specs that import this library have nothing to do with Kafka.
  const { Kafka, logLevel } = await import('kafkajs');
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** Whether somebody listens at the port. */
export async function listens(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await ask(port, host, '')) !== 'refused';
}

/** The first bytes that come back; empty when none were asked for, `refused` without a listener. */
function ask(port: number, host: string, question: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const end = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS_MAX, () => end('refused'));
    socket.once('error', () => end('refused'));
    socket.once('data', (answer) => end(answer.toString()));
    socket.once('connect', () => (question === '' ? end('') : socket.write(question)));
  });
}
