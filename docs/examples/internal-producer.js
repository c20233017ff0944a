'use strict';

/**
 * Charges an account by way of the command log, and hears what became of it:
 *
 *   BROKERS=localhost:9092 TEAM_ID=tm_… ACCOUNT_ID=sub_… node docs/examples/internal-producer.js
 */
const { Kafka, Partitioners, logLevel } = require('kafkajs');
const { ulid } = require('ulid');

const { BROKERS = 'localhost:9092', TEAM_ID, ACCOUNT_ID, CHARGES = '4' } = process.env;
const COMMANDS = 'tollgate.billing.commands';
const REPLIES = 'invoicing.replies';
const CENT = 10_000; // in micros

/** One of our charges. Keep its id with what you charge for: the same id is the same charge. */
function charge(reference) {
  const data = { accountId: ACCOUNT_ID, amount: 25 * CENT, item: { type: 'custom', reference } };
  return { version: 1, type: 'Charge', id: ulid(), teamId: TEAM_ID, data };
}

/** The key is the team, so that the commands of a team keep their order. */
function record(name, value) {
  return { key: TEAM_ID, value, headers: { 'reply-to': REPLIES, 'correlation-id': name } };
}

function inWords({ status, isRepeat, events, rejection, reason }) {
  if (status === 'refused') return `refused: ${JSON.stringify(rejection)}`;
  if (status !== 'accepted') return `${status}: ${reason ?? 'send it again, with the same id'}`;
  const { chargeId, balanceAfter } = events[0].data;
  const when = isRepeat ? ' before' : '';
  return `accepted${when}: charge ${chargeId}, which left ${balanceAfter / CENT} cents`;
}

/** Calls `hear` with the name and the text of every answer on our topic. */
async function hearReplies(kafka, hear) {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: REPLIES, numPartitions: 1 }] });
  await admin.disconnect();
  // A group of its own for each run: it reads all answers, and passes over those of other runs.
  const consumer = kafka.consumer({ groupId: `${REPLIES}.${ulid()}` });
  await consumer.connect();
  await consumer.subscribe({ topic: REPLIES, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message: { headers, value } }) =>
      hear(String(headers['correlation-id']), inWords(JSON.parse(value))),
  });
  return consumer;
}

async function main() {
  const kafka = new Kafka({ brokers: BROKERS.split(','), logLevel: logLevel.ERROR });
  const charges = Array.from({ length: Number(CHARGES) }, (_, n) => charge(`invoice ${n + 1}`));
  const messages = charges.map((command) => record(command.id, JSON.stringify(command)));
  // Sent twice: it is applied once, and answered twice.
  messages.push(record(`${charges[0].id} again`, messages[0].value));
  messages.push(record(`${ulid()} broken`, JSON.stringify({ ...charges[0], at: 'now' })));

  const waiting = new Set(messages.map(({ headers }) => headers['correlation-id']));
  let done;
  const allAnswered = new Promise((resolve) => (done = resolve));
  const consumer = await hearReplies(kafka, (name, text) => {
    if (!waiting.delete(name)) return;
    console.log(`${name}: ${text}`);
    if (waiting.size === 0) done();
  });
  // The partitioner of the Java client, as every producer on this topic must use it.
  const createPartitioner = Partitioners.DefaultPartitioner;
  const producer = kafka.producer({ createPartitioner, idempotent: true });
  await producer.connect();
  await producer.send({ topic: COMMANDS, messages });
  await allAnswered;
  await producer.disconnect();
  await consumer.disconnect();
}

void main();
