'use strict';

/**
 * The classes of Kafka as the JVM holds them once they are loaded (class data sharing): with these a
 * node starts in half the time. Recorded from a node that starts and stops once.
 */
const { spawn } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { run } = require('./exec.js');
const { installOnce } = require('./install-once.js');

const ARCHIVE = 'classes.jsa';
const START_MS_MAX = 60_000;
/** The archive is written in this time too. */
const STOP_MS_MAX = 60_000;
const POLL_MS = 50;
/** Ends the node, and removes its files, when this process is gone, however it went. */
const KILL_AND_REMOVE = 'read -r _; kill -9 "$1"; rm -rf "$2"';

/** An archive serves one JVM, and jars as they are at one place. */
function nameOf(java, jars) {
  const program = fs.realpathSync(java);
  const key = [program, fs.statSync(program).mtimeMs, jars, fs.statSync(jars).mtimeMs];
  const hash = crypto.createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 12);
  return `${path.basename(jars)}-classes-${hash}`;
}

const recordingInto = (file) => `-XX:ArchiveClassesAtExit=${file}`;

/** Not every JVM can do this. */
async function canRecord(java, folder) {
  const probe = path.join(folder, 'probe.jsa');
  try {
    await run(java, [recordingInto(probe), '-version']);
    return true;
  } catch {
    return false;
  } finally {
    fs.rmSync(probe, { force: true });
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const answer = (is) => () => resolve(socket.destroy() && is);
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}

async function startAndStop({ command, args }, { port, folder }) {
  const child = spawn(command, args, { stdio: 'ignore' });
  const stdio = ['pipe', 'ignore', 'ignore'];
  const guard = ['-c', KILL_AND_REMOVE, 'guard', String(child.pid), folder];
  const watchdog = spawn('sh', guard, { detached: true, stdio });
  let isOver = false;
  const over = new Promise((resolve) => {
    child.once('exit', resolve).once('error', resolve);
  }).then(() => (isOver = true));
  const deadline = Date.now() + START_MS_MAX;
  while (!isOver && Date.now() < deadline && !(await accepts(port))) await delay(POLL_MS);
  child.kill('SIGTERM');
  await Promise.race([over, delay(STOP_MS_MAX, undefined, { ref: false })]);
  child.kill('SIGKILL');
  await over;
  watchdog.kill('SIGKILL');
}

/** The JVM writes the archive when the node has stopped in order. */
async function record(archive, prepare) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-kafka-classes-'));
  try {
    const [port, controllerPort] = [await freePort(), await freePort()];
    const { command, args } = await prepare({ folder, port, controllerPort, flags: [] });
    await startAndStop({ command, args: [recordingInto(archive), ...args] }, { port, folder });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  if (!fs.existsSync(archive)) throw new Error('the node did not stop in order');
}

/**
 * Answers what a JVM is told, to use the archive. Nothing when this JVM can't make one, which an
 * empty folder remembers, or when recording failed, which is tried again next time.
 * @param {(node: object) => Promise<{ command: string, args: string[] }>} prepare a node with more
 *   `flags` for the JVM
 */
async function archiveFlags({ java, jars, prepare }) {
  try {
    const folder = await installOnce(nameOf(java, jars), async (draft) => {
      if (!(await canRecord(java, draft))) return;
      console.error('Recording the classes of Kafka, for quick starts ...');
      await record(path.join(draft, ARCHIVE), prepare);
    });
    const archive = path.join(folder, ARCHIVE);
    return fs.existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : [];
  } catch (error) {
    console.error(`Kafka starts without recorded classes: ${error.message}`);
    return [];
  }
}

module.exports = { archiveFlags };
