import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from '@tollgate/adapter-embedded';
import { nodeDigest } from '@tollgate/adapter-runtime';
import { verifyLog } from '@tollgate/audit';
import Table from 'cli-table3';
import { ServerProcess } from '@tollgate/testing';
import { Story, dollars } from './story';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Tells the story on a throw-away data folder; exit code 0 when every promise held. */
async function demo(): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-demo-'));
  const server = await ServerProcess.on({ dataDir });
  try {
    await server.start();
    const story = new Story(server, say);
    await story.tell();
    const isWithinCaps = await showNumbers(story);
    await server.stop();
    return (await checkLog(dataDir)) && isWithinCaps;
  } finally {
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function showNumbers(story: Story): Promise<boolean> {
  const table = new Table({ head: ['sub-account', 'cap', 'total spent', 'sent', 'blocked by'] });
  let isWithinCaps = true;
  for (const customer of story.customers) {
    const { totalSpent, balance, creditLimit } = await story.numbers(customer);
    const spent = totalSpent ?? 0;
    const cap = creditLimit ?? Infinity;
    isWithinCaps &&= spent <= cap && balance >= 0;
    const { name, sent, blockedBy } = customer;
    const shownCap = cap === Infinity ? 'none' : dollars(cap);
    table.push([name, shownCap, dollars(spent), sent, blockedBy || '(not blocked)']);
  }
  const { balance } = await story.numbers(story.customers[0]!);
  say(`\n${table.toString()}\nTeam balance: ${dollars(balance)}\n`);
  return isWithinCaps;
}

async function checkLog(dataDir: string): Promise<boolean> {
  const folder = await DataFolder.open(dataDir, { readOnly: true });
  try {
    const { events, readModels } = folder;
    const report = await verifyLog({ events, readModels, digest: nodeDigest });
    for (const { message } of report.findings) say(`  ${message}`);
    const verdict = report.findings.length === 0 ? 'sound' : 'NOT sound';
    say(`The log is ${verdict}: ${report.counts.events} events checked against the read models.`);
    return report.findings.length === 0;
  } finally {
    await folder.close();
  }
}

demo().then(
  (isSound) => process.exit(isSound ? 0 : 1),
  (fault: unknown) => {
    process.stderr.write(`demo: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  },
);
