import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics';

export interface HealthServerOptions {
  readonly port: number;
  readonly host: string;
  /** Why the service can't do its work now; undefined when it can. */
  readonly notReady: () => string | undefined;
  readonly metrics: Metrics;
}

/** `/health/live`, `/health/ready` and `/metrics`, on a port of their own. */
export class HealthServer {
  private readonly server: Server;

  constructor(private readonly options: HealthServerOptions) {
    this.server = createServer((request, response) => {
      this.answer(request.url ?? '/', response).catch(() => response.destroy());
    });
  }

  /** Where it listens, once it has started. */
  get url(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `http://${address}:${port}`;
  }

  start(): Promise<void> {
    const { port, host } = this.options;
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async answer(url: string, response: ServerResponse): Promise<void> {
    switch (url.split('?', 1)[0]) {
      case '/health/live':
        return json(response, 200, { status: 'ok' });
      case '/health/ready': {
        const reason = this.options.notReady();
        if (reason === undefined) return json(response, 200, { status: 'ok' });
        return json(response, 503, { status: 'unavailable', reason });
      }
      case '/metrics': {
        const { contentType, text } = await this.options.metrics.read();
        response.writeHead(200, { 'content-type': contentType }).end(text);
        return;
      }
      default:
        return json(response, 404, { code: 'not_found', message: 'Not found.' });
    }
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
