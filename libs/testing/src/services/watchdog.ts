import { spawn } from 'node:child_process';

/** Waits for its input to end, which it does when this process is gone, however it went. */
const WAIT_THEN_RUN = 'read -r _; exec "$@"';

/**
 * Runs a command when this process has ended, even by SIGKILL, unless it was called off before.
 * It's a shell with a session of its own, so that Ctrl-C doesn't end the watchdog first.
 * @returns a function that calls the watchdog off.
 */
export function whenThisProcessIsGone(command: readonly string[]): () => void {
  const watchdog = spawn('sh', ['-c', WAIT_THEN_RUN, 'watchdog', ...command], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  watchdog.unref();
  unref(watchdog.stdin);
  return () => void watchdog.kill('SIGKILL');
}

/** A pipe is a socket to Node, and a socket keeps the process awake. */
function unref(stream: object): void {
  (stream as { unref?: () => void }).unref?.();
}
