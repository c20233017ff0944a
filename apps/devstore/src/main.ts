import { ConfigInvalid, pinoLog } from '@tollgate/platform';
import { loadConfig } from './config';
import { Devstore } from './devstore';

const STOP_MS_MAX = 15_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const devstore = await Devstore.start(config, pinoLog(config.logLevel));
  // Before the line: whoever waits for that may stop the server at once.
  stopOnSignal(() => devstore.stop());
  process.stdout.write(`devstore is ready on ${devstore.url}\n`);
}

function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) return;
    isStopping = true;
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
  process.stderr.write(`devstore: ${text.replaceAll('\n', '\n  ')}\n`);
  process.exit(1);
}

main().catch(fail);
