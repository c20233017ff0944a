import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { contactsStream, numberStream, sendersStream } from '@tollgate/contracts';
import type { EventMetadata } from '@tollgate/domain';
import { openEvents, projectEvents } from '@tollgate/projections';
import {
  aPrimary,
  contactCreated,
  contactId,
  numberAdded,
  numberId,
  numberTerms,
  phoneNumber,
  PlainSealing,
  senderCreated,
  teamId,
} from '@tollgate/testing';
import { kinds, places, soundTeam, verify } from '../spec/sound-team';
import { StoredLog } from '../spec/stored-log';
import { messageItem, nextCommandId, START_MS, TeamScript } from '../spec/team-script';

const accountId = 'acc_1';
const contactStream = contactsStream(accountId);
const senderStream = sendersStream(accountId);
const claimStream = numberStream(phoneNumber);
const sealing = new PlainSealing();
const address = sealing.sealed(contactId, { identifier: '+14155550100' });

const metadata = (): EventMetadata => ({ commandId: nextCommandId(), at: START_MS });

/** What an account has, beside a team. */
function withMessaging(log = soundTeam().log): StoredLog {
  const order = { ...numberTerms, numberId, phoneNumber, accountId, teamId };
  const bought = metadata();
  log.append(contactStream, [[contactCreated([aPrimary('sms', 'ann', { address })]), metadata()]]);
  log.append(contactStream, [
    [{ type: 'ContactDeleted', data: { contactId, subjects: [contactId] } }, metadata()],
  ]);
  log.append(claimStream, [[{ type: 'NumberClaimed', data: order }, bought]]);
  log.append(senderStream, [
    [numberAdded(), bought],
    [senderCreated({ numberId }), bought],
  ]);
  return log;
}

async function shown(log: StoredLog): Promise<InMemoryReadModels> {
  const readModels = new InMemoryReadModels();
  await readModels.apply(projectEvents(await openEvents(log.records, sealing)));
  return readModels;
}

describe('verifyLog on contacts, senders and numbers', () => {
  it('finds nothing in sound streams, and counts them', async () => {
    const { log } = soundTeam();
    const before = await verify(log);
    const report = await verify(withMessaging(log), { readModels: await shown(log) });

    expect(report.findings).toEqual([]);
    expect(report.counts).toEqual({
      ...before.counts,
      streams: before.counts.streams + 3,
      events: before.counts.events + 5,
    });
  });

  it('names what was changed, whatever it says', async () => {
    const log = withMessaging();
    const record = log.at(contactStream, 0);
    record.data = record.data.replace('14155550100', '14155550199');
    expect(places(await verify(log))).toEqual(['chain_broken@0']);
  });

  it('names events that are missing, and appends without their end', async () => {
    const log = withMessaging();
    log.remove(contactStream, 0);
    log.remove(senderStream, 1);
    expect(kinds(await verify(log))).toEqual(['revision_gap', 'chain_broken', 'chain_open']);
  });

  it('names events of another kind of stream', async () => {
    const log = withMessaging();
    log.append(contactStream, [[senderCreated(), metadata()]]);
    log.append(senderStream, [[contactCreated([]), metadata()]]);
    log.append(claimStream, [[numberAdded(), metadata()]]);
    const { findings } = await verify(log);
    expect(findings.map(({ kind, stream }) => [kind, stream])).toEqual([
      ['event_unknown', contactStream],
      ['event_unknown', senderStream],
      ['event_unknown', claimStream],
    ]);
  });

  it('names read models that are behind such a stream, or ahead of it', async () => {
    const log = withMessaging();
    const readModels = await shown(log);
    log.append(senderStream, [[{ type: 'SenderDeleted', data: { senderId: 's' } }, metadata()]]);
    log.remove(contactStream, 1);
    const { findings } = await verify(log, { readModels });
    expect(findings.map(({ kind, stream }) => `${kind} ${stream}`).sort()).toEqual([
      `read_model_ahead ${contactStream}`,
      `read_model_behind ${senderStream}`,
    ]);
  });

  it('follows messages whose recipient and content are sealed', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000);
    const { id } = messageItem('msg_1') as { readonly id: string };
    const fields = { channel: 'sms', messageType: 'text', environment: 'live' } as const;
    const item = {
      type: 'message',
      id,
      ...fields,
      sealed: 'rcp_1 {}',
      recipient: 'rcp_1',
    } as const;
    script.charge(script.main, 10, { item });
    script.message(id, script.main, ['MessageSent', 'MessageDelivered']);
    const readModels = await shown(script.log);
    expect(places(await verify(script.log, { readModels }))).toEqual([]);
  });

  it('takes a number that costs nothing for what it is', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000);
    const item = { ...numberTerms, type: 'phone_number', id: numberId, phoneNumber } as const;
    script.charge(script.main, 0, { item: { ...item, paidUntil: START_MS } });
    script.charge(script.main, 0);
    expect(places(await verify(script.log))).toEqual(['amount_invalid@4']);
  });
});
