import { billingProtocol, messagingProtocol } from '@tollgate/contracts';
import { subAccountIdOf, type MessagingKind, type NumberTerms } from '@tollgate/domain';
import { CommandLogFull, OwnershipLost, type CommandHandler, type Outcome } from '@tollgate/ports';
import { describeWithKafka } from '@tollgate/testing';
import {
  Accepting,
  aCharge,
  acceptedOf,
  newId,
  newTeam,
  openExchange,
  produce,
  readTopic,
  startConsumer,
} from '../spec/stage';
import type { KafkaCommandConsumer } from './kafka-command-consumer';
import { KafkaCommandLog } from './kafka-command-log';
import type { KafkaExchange } from './kafka-exchange';

jest.setTimeout(60_000);

type MessagingCommand = MessagingKind['command'];

const teamId = newTeam();
const terms: NumberTerms = {
  capabilities: { sms: true, voice: true, mms: false },
  monthlyPrice: 1_250_000,
  upfrontPrice: 0,
  isFree: false,
};

const envelope = (): { id: string; teamId: string; at: number } => {
  return { id: newId(), teamId, at: Date.now() };
};

function aSender(accountId: string): MessagingCommand {
  const data = { senderId: `snd_${newId()}`, name: 'Acme' };
  return { ...envelope(), accountId, type: 'CreateSender', data };
}

function aDeletion(accountId: string): MessagingCommand {
  return { ...envelope(), accountId, type: 'DeleteContact', data: { contactId: `con_${newId()}` } };
}

function aClaim(accountId: string, phoneNumber: string): MessagingCommand {
  const data = { numberId: `pn_${newId()}`, phoneNumber, accountId, teamId, ...terms };
  return { ...envelope(), type: 'ClaimNumber', data };
}

describeWithKafka('the command logs of billing and messaging on one Kafka', (kafka) => {
  let exchange: KafkaExchange;
  let charges: KafkaCommandLog;
  let log: KafkaCommandLog<MessagingKind>;
  let billing: KafkaCommandConsumer;
  let messaging: KafkaCommandConsumer<MessagingKind>;
  let charged: Accepting;
  let handle: CommandHandler<MessagingKind>;
  let accountId: string;

  beforeAll(async () => {
    const { brokers } = kafka();
    exchange = await openExchange(brokers, { timeoutMs: 5_000 });
    charges = new KafkaCommandLog(billingProtocol, exchange);
    log = new KafkaCommandLog(messagingProtocol, exchange);
    [billing, messaging] = await Promise.all([
      startConsumer(billingProtocol, brokers, (key, commands) => charged.handle(key, commands)),
      startConsumer(messagingProtocol, brokers, (key, commands) => handle(key, commands)),
    ]);
  });

  beforeEach(() => {
    charged = new Accepting();
    accountId = subAccountIdOf(newId());
  });

  afterAll(async () => {
    await exchange.close();
    await billing.close();
    await messaging.close();
  });

  it('given commands of both kinds, then each comes to its consumer, and is answered', async () => {
    const accepting = new Accepting<MessagingKind>();
    handle = accepting.handle;
    const charge = aCharge(teamId);
    const sender = aSender(accountId);

    const outcomes = await Promise.all([
      charges.submit(teamId, [charge]),
      log.submit(accountId, [sender]),
    ]);

    expect(outcomes.flat()).toEqual(
      [charge, sender].map(({ id }) => expect.objectContaining({ commandId: id })),
    );
    expect([charged.ids, accepting.ids]).toEqual([[charge.id], [sender.id]]);
  });

  it('given commands of one account, then they come in order, of whatever kind', async () => {
    const accepting = new Accepting<MessagingKind>();
    handle = accepting.handle;
    const commands = Array.from({ length: 50 }, (_, place) =>
      place % 2 === 0 ? aSender(accountId) : aDeletion(accountId),
    );

    await log.submit(accountId, commands);

    expect(accepting.ids).toEqual(commands.map(({ id }) => id));
    expect(new Set(accepting.keys)).toEqual(new Set([accountId]));
  });

  it('given claims of one number by two accounts, then they come under the number', async () => {
    const accepting = new Accepting<MessagingKind>();
    handle = accepting.handle;
    const phoneNumber = `+1415${Date.now() % 10_000_000}`;
    const claims = [aClaim('sub_1', phoneNumber), aClaim('sub_2', phoneNumber)];

    await log.submit(phoneNumber, claims);

    expect(accepting.ids).toEqual(claims.map(({ id }) => id));
    expect(new Set(accepting.keys)).toEqual(new Set([phoneNumber]));
  });

  it('tells a refusal of messaging as it was', async () => {
    const refused: Outcome<MessagingKind> = {
      status: 'refused',
      streamRevision: 3,
      rejection: { code: 'identifier_taken', channel: 'sms' },
    };
    handle = async () => [refused];
    expect(await log.submit(accountId, [aSender(accountId)])).toEqual([refused]);
  });

  it('given messaging that is full, then charges go on', async () => {
    let finish!: () => void;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    handle = (_, commands) => gate.then(() => commands.map((each) => acceptedOf(each)));
    const small = new KafkaCommandLog(messagingProtocol, exchange, { commandsMax: 2 });
    const underWay = small.submit(accountId, [aSender(accountId), aSender(accountId)]);

    await expect(small.submit(accountId, [aSender(accountId)])).rejects.toThrow(CommandLogFull);
    const [outcome] = await charges.submit(teamId, [aCharge(teamId)]);

    expect(outcome!.status).toBe('accepted');
    finish();
    await underWay;
    expect(await small.submit(accountId, [aSender(accountId)])).toHaveLength(1);
  });

  it('confirms that an account is this consumer’s while its commands are decided', async () => {
    handle = async (key, commands) => {
      await messaging.confirmOwnership(key);
      await expect(messaging.confirmOwnership('sub_other')).rejects.toThrow(OwnershipLost);
      return commands.map((each) => acceptedOf(each));
    };
    const [outcome] = await log.submit(accountId, [aSender(accountId)]);
    expect(outcome!.status).toBe('accepted');
  });

  it('given another process, then each hears the answers to its own commands', async () => {
    handle = new Accepting<MessagingKind>().handle;
    const other = await openExchange(kafka().brokers);
    const otherLog = new KafkaCommandLog(messagingProtocol, other);
    const logs = [log, otherLog, log, otherLog];
    const commands = logs.map(() => aSender(accountId));

    const outcomes = await Promise.all(
      logs.map((each, place) => each.submit(accountId, [commands[place]!])),
    );

    expect(outcomes.flat()).toEqual(
      commands.map(({ id }) => expect.objectContaining({ commandId: id })),
    );
    await other.close();
  });

  it('parks what is not for messaging, with where it was, and the partition moves on', async () => {
    const accepting = new Accepting<MessagingKind>();
    handle = accepting.handle;
    const { brokers } = kafka();
    const { topic, deadLetterTopic } = messagingProtocol;
    const misplaced = aSender('sub_somebody');
    const charge = aCharge(accountId);
    const command = aSender(accountId);

    await produce(brokers, topic, { key: accountId, value: messagingProtocol.encode(misplaced) });
    await produce(brokers, topic, { key: accountId, value: billingProtocol.encode(charge) });
    await log.submit(accountId, [command]);

    const letters = await readTopic(brokers, deadLetterTopic, 2);
    const headers = letters.map(({ headers: each }) => each!);
    expect(headers.map((each) => String(each['dead-letter-reason'])).sort()).toEqual([
      expect.stringContaining("must have required property 'accountId'"),
      "the record's key is not the command's accountId, or the phoneNumber of a claim",
    ]);
    for (const each of headers) {
      expect(String(each['dead-letter-source'])).toMatch(
        /^tollgate\.messaging\.commands\/\d+\/\d+$/,
      );
    }
    expect(accepting.ids).toEqual([command.id]);
  });
});
