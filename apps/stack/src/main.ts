import { mkdirSync } from 'node:fs';
import { FolderLock } from '@tollgate/adapter-embedded';
import { fail, keySecretIn, operatorKeyIn, stopOnSignal } from '@tollgate/platform';
import { addressesOf } from './addresses';
import { backendsOf } from './backends';
import { backendsBanner, banner } from './banner';
import { loadConfig, type StackConfig } from './config';
import type { Part } from './part';
import type { Place } from './place';
import { settlePorts } from './ports';
import { servicesOf } from './services';
import { Stack } from './stack';
import { stopWithShell } from './stop-with-shell';

/** Each part has its own time to stop in; this is for all of them. */
const STOP_MS_MAX = 120_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env, process.argv.slice(2));
  mkdirSync(config.folder, { recursive: true, mode: 0o700 });
  const lock = await FolderLock.acquire(config.folder);
  const { ports, notes } = await settlePorts(config.ports);
  const place = { folder: config.folder, ports, addresses: addressesOf(ports), onWarning };
  const { levels, text } = config.isBackendsOnly
    ? { levels: [backendsOf(place)], text: backendsBanner({ ...place, notes }) }
    : wholeSystem(config, place, notes);
  const stack = new Stack(levels, say);
  const stop = (): Promise<void> => stack.stop().then(() => lock.release());
  stopOnSignal(stop, fail, STOP_MS_MAX);
  stopWithShell();
  await run(stack, text);
}

/** What is started, level by level, and what to say when it runs. */
function wholeSystem(
  config: StackConfig,
  place: Place,
  notes: readonly string[],
): { readonly levels: readonly (readonly Part[])[]; readonly text: string } {
  const { folder } = config;
  const operatorKey =
    config.operatorKey === undefined
      ? operatorKeyIn(folder)
      : { value: config.operatorKey, isNew: false };
  const keySecret = config.keySecret ?? keySecretIn(folder).value;
  const levels = [backendsOf(place), ...servicesOf(place, operatorKey.value, keySecret)];
  return { levels, text: banner({ ...place, notes, operatorKey }) };
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

/** Progress is no result, so it goes where warnings go. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function onWarning(part: string): (line: string) => void {
  return (line) => say(`[${part}] ${line}`);
}

main().catch(fail);
