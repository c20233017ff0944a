import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

/** Nothing in these tests takes as long, however busy the machine: a hang, and told as one. */
const ANSWER_MS_MAX = 120_000;

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

type Headers = Readonly<Record<string, string>>;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly headers?: Headers;
}

/** The connection broke before the answer was there: what became of the request is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** Requests with one key, over as many connections as there are requests at a time. */
export class Api {
  constructor(
    private readonly url: string,
    readonly key: string,
    private readonly agent: Agent = new Agent({ keepAlive: true, maxSockets: Infinity }),
  ) {}

  /** The same connections with another key. */
  as(key: string): Api {
    return new Api(this.url, key, this.agent);
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.send<Body>({ method: 'GET', path });
  }

  post<Body>(path: string, body: object = {}, headers: Headers = {}): Promise<Answer<Body>> {
    return this.send<Body>({ method: 'POST', path, body, headers });
  }

  patch<Body>(path: string, body: object): Promise<Answer<Body>> {
    return this.send<Body>({ method: 'PATCH', path, body });
  }

  delete<Body>(path: string): Promise<Answer<Body>> {
    return this.send<Body>({ method: 'DELETE', path });
  }

  /** The body of an answer that must have this status. */
  async expect<Body>(status: number, answering: Promise<Answer<Body>>): Promise<Body> {
    const answer = await answering;
    if (answer.status === status) return answer.body;
    throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
  }

  /** Opens so many connections and keeps them, so that the next requests all start at once. */
  async connect(connections: number): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.get('/health/live')));
  }

  close(): void {
    this.agent.destroy();
  }

  /** @throws ConnectionLost */
  private send<Body>({ method, path, body, headers = {} }: Sent): Promise<Answer<Body>> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const lost = (fault: Error): void => {
        reject(new ConnectionLost(`${method} ${path}: ${fault.message}`));
      };
      const sent = request(
        new URL(path, this.url),
        { method, agent: this.agent, headers: this.headersFor(text, headers) },
        (incoming) => void read<Body>(incoming).then(resolve, lost),
      );
      sent.setTimeout(ANSWER_MS_MAX, () => {
        reject(new Error(`${method} ${path}: no answer`));
        sent.destroy();
      });
      sent.once('error', lost);
      sent.end(text);
    });
  }

  private headersFor(text: string | undefined, given: Headers): Headers {
    if (text === undefined) return { authorization: `Bearer ${this.key}`, ...given };
    return {
      authorization: `Bearer ${this.key}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
      ...given,
    };
  }
}

async function read<Body>(incoming: IncomingMessage): Promise<Answer<Body>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  if (!incoming.complete) throw new Error('the answer was cut off');
  const text = Buffer.concat(chunks).toString();
  const { statusCode = 0, headers } = incoming;
  return { status: statusCode, headers, body: (text === '' ? {} : JSON.parse(text)) as Body };
}
