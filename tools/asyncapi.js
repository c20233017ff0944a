'use strict';

const { version, license } = require('../package.json');
const { messages } = require('./asyncapi-messages.js');

const BINDING_VERSION = '0.5.0';

/** The AsyncAPI document of the command logs, told from the side of the services that decide. */
function asyncApi(contracts, topics) {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Tollgate command logs',
      version,
      description:
        'Commands on Kafka, and what became of them. Internal producers write to the topic of ' +
        'billing, as the gateway does; docs/internal-producers.md shows how. The topic of ' +
        'messaging is for gateways and services of Tollgate only.',
      license: { name: license },
    },
    defaultContentType: 'application/json',
    servers: { kafka: server },
    channels: channels(contracts, topics),
    operations: { ...operationsOf(billing), ...operationsOf(messaging) },
    components: { messages: messages(contracts) },
  };
}

const server = {
  host: '{broker}',
  protocol: 'kafka',
  description: 'Your own cluster. TLS and SASL are as you have set them up.',
  variables: { broker: { default: 'localhost:9092', description: 'Host and port of a broker.' } },
};

function channels(contracts, { commandTopics, replyTopicConfig }) {
  const [commands, deadLetters, messagingCommands, messagingDeadLetters] = commandTopics();
  const replies = replyTopicConfig(contracts.replyTopic('{instance}'));
  return {
    commands: {
      ...channelOf(commands, ['command']),
      description:
        'Commands in the order in which they are decided, those of one team on one partition. ' +
        'Producers must use the partitioner of the Java client: murmur2 over the key.',
    },
    deadLetters: {
      ...channelOf(deadLetters, ['deadLetter']),
      description: 'Records that hold no command, and commands that can not be decided.',
    },
    messagingCommands: {
      ...channelOf(messagingCommands, ['messagingCommand']),
      description:
        'Commands about contacts, senders and phone numbers, those of one account on one ' +
        'partition, and those that claim one phone number. Only gateways and services of Tollgate ' +
        'write here: what is personal must be sealed, under keys that they alone reach.',
    },
    messagingDeadLetters: {
      ...channelOf(messagingDeadLetters, ['messagingDeadLetter']),
      description: 'Records that hold no such command, and commands that can not be decided.',
    },
    gatewayReplies: {
      ...channelOf(replies, ['reply', 'messagingReply']),
      description:
        'Where one gateway or service hears its answers, of both command logs. No producer but it ' +
        'may name this topic.',
      parameters: { instance: { description: 'The name of the process; no two share one.' } },
    },
    replies: {
      address: null,
      description: 'Where a producer hears its answers: a topic of its own, of any name.',
      messages: refsTo(['reply', 'messagingReply']),
    },
  };
}

/** A topic as this release creates it where it is missing. */
function channelOf({ topic, numPartitions, configEntries }, names) {
  const retention = configEntries.find(({ name }) => name === 'retention.ms');
  const binding = {
    partitions: numPartitions,
    ...(retention && { topicConfiguration: { 'retention.ms': Number(retention.value) } }),
    bindingVersion: BINDING_VERSION,
  };
  return { address: topic, messages: refsTo(names), bindings: { kafka: binding } };
}

function refsTo(names) {
  return Object.fromEntries(names.map((name) => [name, ref(`components/messages/${name}`)]));
}

function ref(pointer) {
  return { $ref: `#/${pointer}` };
}

/** How each command log calls its operations, and the channels and messages of them. */
const billing = {
  decide: ['decide', 'commands', 'command'],
  park: ['park', 'deadLetters', 'deadLetter'],
  reply: 'reply',
};

const messaging = {
  decide: ['decideMessaging', 'messagingCommands', 'messagingCommand'],
  park: ['parkMessaging', 'messagingDeadLetters', 'messagingDeadLetter'],
  reply: 'messagingReply',
};

function operationsOf({ decide: [decide, ...commands], park: [park, ...deadLetters], reply }) {
  return {
    [decide]: {
      action: 'receive',
      ...onChannel(...commands),
      summary: 'Decides commands, each id once, and answers whoever named a topic.',
      reply: {
        address: {
          location: '$message.header#/reply-to',
          description: 'The topic that the command named. Nobody is answered without it.',
        },
        ...onChannel('replies', reply),
      },
    },
    [park]: {
      action: 'send',
      ...onChannel(...deadLetters),
      summary: 'Puts aside what no try would bring to an end, and goes on with the partition.',
    },
  };
}

function onChannel(channel, message) {
  return {
    channel: ref(`channels/${channel}`),
    messages: [ref(`channels/${channel}/messages/${message}`)],
  };
}

module.exports = { asyncApi };
