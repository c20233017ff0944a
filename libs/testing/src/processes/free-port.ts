import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/*
 * Most systems give outgoing connections ports from 32768 on: one that was free a moment ago may be
 * taken by a client before the server that it was meant for listens. So it is one from below.
 */
const PORT_MIN = 20_000;
const PORTS = 12_000;

/** Processes that look for ports at the same time begin far from each other. */
let next = randomInt(PORTS);

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    const port = PORT_MIN + (next % PORTS);
    next += 1;
    if (await isFreePort(port)) return port;
  }
  throw new Error(`no port from ${PORT_MIN} to ${PORT_MIN + PORTS - 1} is free`);
}

export function isFreePort(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
