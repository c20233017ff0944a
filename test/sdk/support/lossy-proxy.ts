import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Which side of the commit a connection is cut on. */
export type Loss = 'before the request arrives' | 'after the answer was given';

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
    server.on('request', (incoming: IncomingMessage, answer) => {
      proxy.pass(incoming).then(
        (answered) => {
          if (answered === undefined) return (incoming.socket as Socket).destroy();
          answer.writeHead(answered.status, answered.headers);
          return answer.end(answered.body);
        },
        () => (incoming.socket as Socket).destroy(),
      );
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

  /** Undefined when the connection is to be cut. */
  private async pass(incoming: IncomingMessage): Promise<Answered | undefined> {
    this.retryCounts.push(String(incoming.headers['x-stainless-retry-count']));
    const body = await buffer(incoming);
    const loss = this.losses.shift();
    if (loss === 'before the request arrives') {
      await this.afterLoss();
      return undefined;
    }
    const answered = await this.forward(incoming, body);
    if (loss === undefined) return answered;
    this.lost.push(answered.body.toString());
    await this.afterLoss();
    return undefined;
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
