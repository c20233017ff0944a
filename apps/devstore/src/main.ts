import { fail, pinoLog, stopOnSignal } from '@tollgate/platform';
import { loadConfig } from './config';
import { Devstore } from './devstore';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const devstore = await Devstore.start(config, pinoLog(config.logLevel));
  // Before the line: whoever waits for that may stop the server at once.
  stopOnSignal(() => devstore.stop(), failed);
  process.stdout.write(`devstore is ready on ${devstore.url}\n`);
}

function failed(fault: unknown): never {
  return fail(fault, 'devstore');
}

main().catch(failed);
