import { connect } from 'node:net';
import type { Answer } from './answer';

/** What the server answers to these very bytes, until it closes the connection. */
export function sendRaw(port: number, parts: readonly (string | Buffer)[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => parts.forEach((part) => socket.write(part)));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(answerOf(Buffer.concat(chunks).toString())));
  });
}

function answerOf(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines
      .map((line) => line.split(': ', 2))
      .map(([name = '', value]) => [name.toLowerCase(), value]),
  );
  const payload = rest.join('\r\n\r\n');
  const status = Number(first.split(' ')[1]);
  return { status, headers, text: payload, body: payload === '' ? undefined : JSON.parse(payload) };
}
