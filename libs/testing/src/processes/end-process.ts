import type { ChildProcess } from 'node:child_process';

/** Resolves with the exit code once the process is gone; null when it died of a signal. */
export async function endProcess(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  // A paused program hears of SIGTERM only when it goes on.
  child.kill('SIGCONT');
  return ended;
}
