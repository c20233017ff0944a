import type { Socket } from 'node:net';
import { invalidRequest } from '@tollgate/contracts';

interface ClientFault {
  readonly code?: string;
}

/**
 * Answers what is no HTTP request, or has too long a head, like any other invalid request. Nothing
 * of it was read, so there is no caller to count it for.
 */
export function answerClientError({ code }: ClientFault, socket: Socket): void {
  const isSlow = code === 'ERR_HTTP_REQUEST_TIMEOUT';
  if (code === 'ECONNRESET' || isSlow || !socket.writable) {
    socket.destroy();
    return;
  }
  const isTooLong = code === 'HPE_HEADER_OVERFLOW';
  const message = isTooLong ? 'is too long' : 'is not HTTP';
  const body = JSON.stringify(invalidRequest([{ path: ['head'], message }]).body);
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
