import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks on this machine: it notes what comes, and answers as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  /** Connections that were ever made. */
  connections = 0;
  /** Calls that are not answered yet, and the most there were at once. */
  current = 0;
  highest = 0;

  private constructor(
    private readonly server: Server,
    answer: (response: ServerResponse) => void,
  ) {
    server.on('connection', () => (this.connections += 1));
    server.on('request', (request, response) => {
      this.current += 1;
      this.highest = Math.max(this.highest, this.current);
      response.on('close', () => (this.current -= 1));
      const { method, url: path, headers } = request;
      text(request).then(
        (body) => {
          this.received.push({ method, path, headers, body });
          answer(response);
        },
        () => response.destroy(),
      );
    });
  }

  static async open(
    answer: (response: ServerResponse) => void = (response) => response.end('ok'),
  ): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server, answer);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  urlOn(host: string, path = '/hook'): string {
    return `http://${host}:${this.port}${path}`;
  }

  get url(): string {
    return this.urlOn('127.0.0.1');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
