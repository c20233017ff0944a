import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it came in. */
export interface Received {
  readonly path: string;
  readonly body: string;
  readonly contentType: string | undefined;
  readonly signature: string;
  /** Unix ms. */
  readonly at: number;
}

/** What becomes of requests: answered with a status, or not at all. */
export type Manner = number | 'hangs';

/** A server of somebody who is told about messages; it can be down, and come back. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  private manner: Manner = 200;
  private port = 0;
  private server: Server | undefined;

  /** On the port that it had before, if it had one. */
  async start(): Promise<void> {
    this.server = createServer((request, answer) => void this.take(request, answer));
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    await new Promise((resolve) => (server === undefined ? resolve(0) : server.close(resolve)));
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  behave(manner: Manner): void {
    this.manner = manner;
  }

  at(path: string): readonly Received[] {
    return this.received.filter((each) => each.path === path);
  }

  private async take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { url = '', headers } = request;
    this.received.push({
      path: url,
      body: await text(request),
      contentType: headers['content-type'],
      signature: String(headers['x-zavu-signature']),
      at: Date.now(),
    });
    if (this.manner !== 'hangs') answer.writeHead(this.manner).end();
  }
}
