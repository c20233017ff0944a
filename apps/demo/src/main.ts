import { parseArgs } from 'node:util';
import { checkOverHttp } from './checks/check-over-http';
import { showNumbers } from './show-numbers';
import { OPENING_BALANCE_CENTS, Story } from './story';
import type { DemoSystem, Verdict } from './systems/demo-system';
import { embeddedSystem } from './systems/embedded-system';
import { givenSystem } from './systems/given-system';
import { stackSystem } from './systems/stack-system';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Tells the story; exit code 0 when every promise held. */
async function demo(): Promise<boolean> {
  const system = await chosenSystem();
  endOnSignal(system);
  try {
    await system.start();
    const story = new Story(system, say);
    await story.tell();
    const isWithinCaps = await showNumbers(story, say);
    const { isSound, lines } = await system.audit(() => numbersOf(story));
    lines.forEach(say);
    return isSound && isWithinCaps;
  } finally {
    await system.end();
  }
}

/** The embedded system unless another is asked for. */
async function chosenSystem(): Promise<DemoSystem> {
  const { values } = parseArgs({ options: { stack: { type: 'boolean' } } });
  if (values.stack === true) {
    say('Starting a throw-away stack of Kafka, Redis, devstore and the services ...');
    return stackSystem();
  }
  const { TOLLGATE_URL: url } = process.env;
  return url ? givenSystem(url, process.env) : embeddedSystem();
}

function numbersOf(story: Story): Promise<Verdict> {
  const accounts = story.customers.map(({ name, key }) => ({ name, client: story.client(key) }));
  return checkOverHttp(OPENING_BALANCE_CENTS, accounts, story.main);
}

/** Whoever has heard enough shall not be left with a folder and seven processes. */
function endOnSignal(system: DemoSystem): void {
  const end = (): void => void system.end().finally(() => process.exit(1));
  process.once('SIGINT', end).once('SIGTERM', end);
}

demo().then(
  (isSound) => process.exit(isSound ? 0 : 1),
  (fault: unknown) => {
    process.stderr.write(`demo: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  },
);
