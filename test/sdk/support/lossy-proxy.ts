import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** When a connection is cut: on which side of the commit, or amid the answer's own bytes. */
export type Loss =
  | 'before the request arrives'
  | 'after the answer was given'
  | 'amid the answer'
  /** Not cut at all: the answer just never comes, and the client gives up. */
  | 'as if the answer took for ever';

interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Stands between a client and the system, and cuts the connections that it is told to cut. */
export class LossyProxy {
  private losses: Loss[] = [];
  private afterLoss: () => Promise<void> = () => Promise.resolve();
  /** Bodies of the answers that nobody got. */
  readonly lost: string[] = [];
  /** Requests that came in, by their retry count. */
  readonly retryCounts: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {}

  static async to(target: string): Promise<LossyProxy> {
    const server = createServer();
    const proxy = new LossyProxy(server, target);
    server.on('request', (incoming: IncomingMessage, answer: ServerResponse) => {
      proxy.pass(incoming, answer).catch(() => cut(incoming));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next requests are lost, one loss each; `afterwards` runs before each is noticed. */
  lose(losses: readonly Loss[], afterwards?: () => Promise<void>): void {
    this.losses = [...losses];
    this.lost.length = 0;
    this.retryCounts.length = 0;
    this.afterLoss = afterwards ?? (() => Promise.resolve());
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    this.retryCounts.push(String(incoming.headers['x-stainless-retry-count']));
    const body = await buffer(incoming);
    const loss = this.losses.shift();
    if (loss === 'before the request arrives') {
      await this.afterLoss();
      return cut(incoming);
    }
    const answered = await this.forward(incoming, body);
    if (loss === undefined) {
      answer.writeHead(answered.status, answered.headers).end(answered.body);
      return;
    }
    this.lost.push(answered.body.toString());
    await this.afterLoss();
    if (loss === 'as if the answer took for ever') return;
    if (loss === 'amid the answer') await writeHalf(answered, answer);
    cut(incoming);
  }

  private forward(incoming: IncomingMessage, body: Buffer): Promise<Answered> {
    const { method, url, headers } = incoming;
    return new Promise((resolve, reject) => {
      const options = { method, headers: { ...headers, connection: 'close' } };
      const outgoing = request(new URL(url ?? '/', this.target), options, (answer) => {
        buffer(answer).then(
          (content) =>
            resolve({
              status: answer.statusCode ?? 500,
              headers: { ...answer.headers, connection: 'keep-alive' },
              body: content,
            }),
          reject,
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}

function cut({ socket }: IncomingMessage): void {
  socket.destroy();
}

function writeHalf({ status, headers, body }: Answered, answer: ServerResponse): Promise<void> {
  answer.writeHead(status, headers);
  const half = body.subarray(0, body.length / 2);
  return new Promise((resolve) => answer.write(half, () => resolve()));
}
