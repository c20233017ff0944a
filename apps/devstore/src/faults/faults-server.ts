import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { NodeContext } from '../node-context';
import { faultRequest } from './fault-request';

const BODY_BYTES_MAX = 10_000;

/** Where a test asks for faults: a switch for tests, which is why it listens locally only. */
export class FaultsServer {
  private constructor(private readonly server: Server) {}

  /** Undefined without a port. */
  static async start(
    port: number | undefined,
    node: NodeContext,
  ): Promise<FaultsServer | undefined> {
    if (port === undefined) return undefined;
    const server = createServer((request, response) => {
      handle(node, request, response).catch((error: unknown) =>
        answer(response, 400, { error: (error as Error).message }),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return new FaultsServer(server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function handle(
  node: NodeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url !== '/faults') return answer(response, 404, { error: 'there is only /faults' });
  if (request.method === 'POST') {
    const { settings, cutStreams, cutReads } = faultRequest(await bodyOf(request));
    node.faults.set(settings);
    if (cutStreams) node.appendStreams.cut('the connection was lost');
    if (cutReads) node.reads.cut('the connection was lost');
  }
  answer(response, 200, node.faults.settings);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > BODY_BYTES_MAX) throw new Error('the body is too long');
  }
  return body;
}

function answer(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
