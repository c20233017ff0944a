import { mkdirSync } from 'node:fs';
import { FolderLock } from '@tollgate/adapter-embedded';
import {
  fail,
  keySecretIn,
  operatorKeyIn,
  stopOnSignal,
  type KeptSecret,
} from '@tollgate/platform';
import { addressesOf } from './addresses';
import { backendsOf } from './backends';
import { banner } from './banner';
import { loadConfig, type StackConfig } from './config';
import { settlePorts } from './ports';
import { servicesOf } from './services';
import { Stack } from './stack';
import { stopWithShell } from './stop-with-shell';

/** Each part has its own time to stop in; this is for all of them. */
const STOP_MS_MAX = 120_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  mkdirSync(config.folder, { recursive: true, mode: 0o700 });
  const lock = await FolderLock.acquire(config.folder);
  const { ports, notes } = await settlePorts(config.ports);
  const operatorKey = operatorKeyOf(config);
  const { folder } = config;
  const addresses = addressesOf(ports);
  const keySecret = config.keySecret ?? keySecretIn(folder).value;
  const around = { folder, ports, addresses, operatorKey: operatorKey.value, keySecret, onWarning };
  const stack = new Stack([backendsOf(around), ...servicesOf(around)], say);
  stopOnSignal(
    async () => {
      await stack.stop();
      await lock.release();
    },
    fail,
    STOP_MS_MAX,
  );
  stopWithShell();
  await run(stack, banner({ ...around, notes, operatorKey }));
}

/** Until a signal ends it, or a part ends by itself. */
async function run(stack: Stack, text: string): Promise<void> {
  const broken = stack.broken.then((problem) => Promise.reject(new Error(problem)));
  try {
    await Promise.race([stack.start(), broken]);
    if (!stack.isStopping) process.stdout.write(text);
    await broken;
  } catch (fault) {
    // Told to stop while something was starting: that is no fault, and the signal's business.
    if (stack.isStopping) return;
    await stack.stop();
    throw fault;
  }
}

function operatorKeyOf({ operatorKey, folder }: StackConfig): KeptSecret {
  return operatorKey === undefined ? operatorKeyIn(folder) : { value: operatorKey, isNew: false };
}

/** Progress is no result, so it goes where warnings go. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function onWarning(part: string): (line: string) => void {
  return (line) => say(`[${part}] ${line}`);
}

main().catch(fail);
