import { ConfigInvalid, pinoLog } from '@tollgate/platform';
import { banner } from './banner';
import { loadConfig, type StandaloneConfig } from './config';
import { openStorage } from './open-storage';
import { readPriceList } from './price-list';
import { keySecretIn, operatorKeyIn } from './secrets';
import { System } from './system';

const STOP_MS_MAX = 15_000;
const IMPATIENCE_MS = 1_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const priceList = readPriceList(config.priceListPath);
  const log = pinoLog(config.logLevel);
  const storage = await openStorage(config.dataDir, log);
  const operatorKey = keyOf(config);
  const system = new System({
    storage,
    log,
    priceList,
    operatorKey: operatorKey.value,
    keySecret: keySecretIn(config.dataDir).value,
    rateLimitPerMinute: config.rateLimitPerMinute,
  });
  const url = await system.start(config.port, config.host);
  // Before the banner: whoever waits for that may stop the system at once.
  stopOnSignal(async () => {
    await system.stop();
    await storage.close();
  });
  process.stdout.write(banner(url, config.dataDir, operatorKey));
}

function keyOf({ operatorKey, dataDir }: StandaloneConfig): { value: string; isNew: boolean } {
  return operatorKey === undefined ? operatorKeyIn(dataDir) : { value: operatorKey, isNew: false };
}

/**
 * The first signal stops in order. Ctrl-C may arrive twice, from the terminal and from the parent;
 * only a later one comes from somebody who does not want to wait.
 */
function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const onSignal = (): void => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > IMPATIENCE_MS) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/** Says what is wrong in a sentence, and nothing of how the program is built. */
function fail(fault: unknown): void {
  const problem = fault instanceof Error ? fault.message : String(fault);
  const text = fault instanceof ConfigInvalid ? `settings:\n${problem}` : problem;
  process.stderr.write(`tollgate: ${text.replaceAll('\n', '\n  ')}\n`);
  process.exit(1);
}

main().catch(fail);
