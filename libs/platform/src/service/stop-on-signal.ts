const STOP_MS_MAX = 20_000;
const IMPATIENCE_MS = 1_000;

/**
 * The first signal stops in order. Ctrl-C may arrive twice, from the terminal and from the parent;
 * only a later one comes from somebody who does not want to wait.
 */
export function stopOnSignal(
  stop: () => Promise<void>,
  fail: (fault: unknown) => void,
  msMax = STOP_MS_MAX,
): void {
  let stoppingSince: number | undefined;
  const onSignal = (): void => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > IMPATIENCE_MS) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
    setTimeout(() => process.exit(1), msMax).unref();
    stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
