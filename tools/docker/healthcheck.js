'use strict';

/**
 * Whether the container's service can do its work, by exit code. Its first process tells which
 * service that is.
 */
const { readFileSync } = require('node:fs');
const { get } = require('node:http');
const { connect } = require('node:net');

const { env } = process;
const ANSWER_MS_MAX = 4_000;

function isReady(port) {
  const url = `http://127.0.0.1:${port}/health/ready`;
  return new Promise((resolve) => {
    get(url, { timeout: ANSWER_MS_MAX }, ({ statusCode }) => resolve(statusCode === 200))
      .once('error', () => resolve(false))
      .once('timeout', () => resolve(false));
  });
}

/** devstore speaks gRPC only. */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: ANSWER_MS_MAX });
    const settle = (answer) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', settle(true)).once('error', settle(false));
    socket.once('timeout', settle(false));
  });
}

function check() {
  const command = readFileSync('/proc/1/cmdline', 'utf8');
  if (command.includes('devstore')) return accepts(Number(env.DEVSTORE_PORT || 2113));
  if (command.includes('standalone')) return isReady(env.TOLLGATE_PORT || 8080);
  return isReady(env.TOLLGATE_HEALTH_PORT || 9464);
}

check().then((isWell) => process.exit(isWell ? 0 : 1));
