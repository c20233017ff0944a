import { fail, keySecretIn, operatorKeyIn, pinoLog, stopOnSignal } from '@tollgate/platform';
import { banner } from './banner';
import { loadConfig, type StandaloneConfig } from './config';
import { openStorage } from './open-storage';
import { readPriceList } from '@tollgate/gateway';
import { System } from './system';

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
    messaging: config.messaging,
  });
  const url = await system.start(config.port, config.host);
  // Before the banner: whoever waits for that may stop the system at once.
  stopOnSignal(async () => {
    await system.stop();
    await storage.close();
  }, fail);
  process.stdout.write(banner(url, config.dataDir, operatorKey));
}

function keyOf({ operatorKey, dataDir }: StandaloneConfig): { value: string; isNew: boolean } {
  return operatorKey === undefined ? operatorKeyIn(dataDir) : { value: operatorKey, isNew: false };
}

main().catch(fail);
