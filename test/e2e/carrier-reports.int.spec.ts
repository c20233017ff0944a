import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HttpCarrier, parseReports, sign, verifyReport } from '@tollgate/adapter-carrier-http';
import { DataFolder } from '@tollgate/adapter-embedded';
import { InMemoryVault } from '@tollgate/adapter-in-memory';
import { nodeDigest, systemClock } from '@tollgate/adapter-runtime';
import { VaultSealing } from '@tollgate/adapter-sealing';
import { verifyLog, type AuditReport } from '@tollgate/audit';
import { Delivery, DeliveryReports, type ReportOutcome } from '@tollgate/delivery';
import type { TeamCommand } from '@tollgate/domain';
import {
  charge,
  commandIdAt,
  createSubAccount,
  openTeam,
  subAccountId,
  teamId,
} from '@tollgate/testing';
import { Writer, teamAggregate } from '@tollgate/writer';

/*
 * Goal: a message that its carrier reports of later is sent once, and its money goes back once when
 * it failed, whatever the process misses between. Method: a carrier over HTTP and a log on disk,
 * which every step closes and opens again, as another process would find it.
 */

const secret = 'shared-with-the-carrier';
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const messageId = 'msg_1';

/** Takes every message, and reports nothing by itself. */
class QuietCarrier {
  readonly sent: Record<string, unknown>[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const signature = request.headers['x-tollgate-signature'] as string;
      if (!verifyReport(body, signature, secret, Date.now())) response.statusCode = 401;
      this.sent.push(JSON.parse(body.toString('utf8')) as Record<string, unknown>);
      response.end(JSON.stringify({ providerMessageId: `p-${this.sent.length}` }));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/messages`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const vault = new InMemoryVault();
let folderPath: string;
let quiet: QuietCarrier;
let url: string;

beforeEach(async () => {
  folderPath = await mkdtemp(path.join(tmpdir(), 'tollgate-reports-'));
  quiet = new QuietCarrier();
  url = await quiet.listen();
});

afterEach(async () => {
  quiet.close();
  await rm(folderPath, { recursive: true });
});

interface Parts {
  readonly folder: DataFolder;
  readonly writer: Writer;
  readonly sealing: VaultSealing;
}

/** Does something as one process, which then ends. */
async function inProcess<T>(act: (parts: Parts) => Promise<T>): Promise<T> {
  const folder = await DataFolder.open(folderPath, { readModelsVersion: 1 });
  const { events, snapshots } = folder;
  const writer = new Writer(teamAggregate, { events, snapshots, digest: nodeDigest, log });
  try {
    return await act({ folder, writer, sealing: new VaultSealing(vault) });
  } finally {
    await folder.close();
  }
}

async function submit(writer: Writer, ...commands: readonly TeamCommand[]): Promise<void> {
  const outcomes = await writer.submit(teamId, commands);
  expect(outcomes.map(({ status }) => status)).toEqual(commands.map(() => 'accepted'));
}

const order = (): Promise<void> =>
  inProcess(async ({ writer, sealing }) => {
    const recipient = await sealing.recipientOf(subAccountId, '+14155551234');
    const said = { to: '+14155551234', content: { text: 'Hello' } };
    const sealed = await sealing.seal(recipient, said);
    const kinds = { channel: 'sms', messageType: 'text', environment: 'live' } as const;
    const item = { type: 'message', id: messageId, ...kinds, sealed, recipient } as const;
    await submit(
      writer,
      openTeam({ openingBalance: 1_000_000 }, { id: commandIdAt(1) }),
      createSubAccount({}, { id: commandIdAt(2) }),
      charge({ amount: 4_000, item }, { id: commandIdAt(3) }),
    );
  });

/** Lets a delivery do what there is to do. */
const deliver = (): Promise<void> =>
  inProcess(async ({ folder: { events, checkpoints }, writer, sealing }) => {
    const carrier = new HttpCarrier({ url, secret });
    const commands = { submit: writer.submit.bind(writer) };
    const shared = { digest: nodeDigest, clock: systemClock, log, sealing };
    const delivery = new Delivery({ events, checkpoints, carrier, commands, ...shared });
    await delivery.start();
    await delivery.idle();
    await delivery.stop();
    await carrier.close();
  });

/** What the signed endpoint does with what a carrier posts, and with nobody to give money back. */
const report = (status: string): Promise<readonly ReportOutcome[]> =>
  inProcess(async ({ folder: { events } }) => {
    const said = { messageId, providerMessageId: 'p-1', status, errorCode: 'unreachable' };
    const body = JSON.stringify([said]);
    expect(verifyReport(body, sign(body, secret, Date.now()), secret, Date.now())).toBe(true);
    const reports = new DeliveryReports({ events, digest: nodeDigest, clock: systemClock, log });
    return Promise.all(parseReports(body).map((each) => reports.record(each)));
  });

const loseCheckpoint = (): Promise<void> =>
  inProcess(async ({ folder: { checkpoints } }) => {
    expect(await checkpoints.load('messaging')).toBeGreaterThan(0);
    await checkpoints.save('messaging', 0);
    expect(await checkpoints.load('messaging')).toBe(0);
  });

const audit = (): Promise<AuditReport> =>
  inProcess(({ folder: { events } }) => verifyLog({ events, digest: nodeDigest }));

it('sends once and gives back once what failed', async () => {
  await order();
  await deliver();
  await loseCheckpoint();
  await deliver();
  expect(quiet.sent).toEqual([
    expect.objectContaining({ messageId, to: '+14155551234', content: { text: 'Hello' } }),
  ]);

  expect(await report('failed')).toEqual(['recorded']);
  expect((await audit()).counts).toMatchObject({ failedNotRefunded: 1, refunds: 0 });

  await deliver();
  await loseCheckpoint();
  await deliver();
  expect(await report('failed')).toEqual(['repeated']);
  expect(await report('delivered')).toEqual(['contradicts']);
  expect(quiet.sent).toHaveLength(1);
  expect(await audit()).toMatchObject({
    counts: { failedNotRefunded: 0, refunds: 1 },
    findingCount: 0,
  });
});

it('gives nothing back for what was delivered', async () => {
  await order();
  expect(await report('delivered')).toEqual(['unknown_message']);
  await deliver();
  expect(await report('delivered')).toEqual(['recorded']);
  await deliver();
  expect(await audit()).toMatchObject({
    counts: { failedNotRefunded: 0, refunds: 0 },
    findingCount: 0,
  });
});
