'use strict';

/**
 * The classes of Kafka as the JVM holds them once they are loaded (class data sharing): with these a
 * node starts in half the time. Recorded from a node that starts and stops once.
 */
const { spawn } = require('node:child_process');
const crypto = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { installOnce } = require('./install-once.js');

const ARCHIVE = 'classes.jsa';
const START_MS_MAX = 60_000;
/** The archive is written in this time too. */
const STOP_MS_MAX = 60_000;
const POLL_MS = 50;

/** An archive serves one JVM, and jars at one place. */
function nameOf(java, jars) {
  const program = fs.realpathSync(java);
  const { mtimeMs, size } = fs.statSync(program);
  const key = JSON.stringify([program, mtimeMs, size, jars]);
  const hash = crypto.createHash('sha256').update(key).digest('hex').slice(0, 12);
  return `${path.basename(jars)}-classes-${hash}`;
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const answer = (is) => () => resolve(socket.destroy() && is);
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}

/** The JVM writes the archive when the node has stopped in order. */
async function record({ command, args }, port, archive) {
  const recording = `-XX:ArchiveClassesAtExit=${archive}`;
  const child = spawn(command, [recording, ...args], { stdio: 'ignore' });
  const exit = once(child, 'exit');
  try {
    const deadline = Date.now() + START_MS_MAX;
    while (child.exitCode === null && Date.now() < deadline && !(await accepts(port))) {
      await delay(POLL_MS);
    }
    child.kill('SIGTERM');
    await Promise.race([exit, delay(STOP_MS_MAX)]);
  } finally {
    child.kill('SIGKILL');
  }
}

/**
 * Answers what a JVM is told, to use the archive; nothing when this JVM can't make one.
 * @param {(node: object) => Promise<{ command: string, args: string[] }>} prepare a node with more
 *   `flags` for the JVM
 */
async function archiveFlags({ java, jars, prepare }) {
  const folder = await installOnce(nameOf(java, jars), async (draft) => {
    console.error('Recording the classes of Kafka, for quick starts ...');
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-kafka-classes-'));
    try {
      const [port, controllerPort] = [await freePort(), await freePort()];
      const node = await prepare({ folder: home, port, controllerPort, flags: [] });
      await record(node, port, path.join(draft, ARCHIVE));
    } catch (error) {
      console.error(`Kafka will start without them: ${error.message}`);
    } finally {
      fs.rmSync(home, { recursive: true, force: true });
    }
  });
  const archive = path.join(folder, ARCHIVE);
  return fs.existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : [];
}

module.exports = { archiveFlags };
