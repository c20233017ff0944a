const POLL_MS = 250;

/**
 * A stack that npm started has a parent that passes signals on. When that was killed nobody else
 * will ever stop the stack.
 */
export function stopWithShell(): void {
  if (!process.env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, POLL_MS);
  timer.unref();
}
