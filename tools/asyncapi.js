'use strict';

const { version, license } = require('../package.json');
const { messages } = require('./asyncapi-messages.js');

const BINDING_VERSION = '0.5.0';

/** The AsyncAPI document of the command log, told from the side of the billing service. */
function asyncApi(contracts, topics) {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Tollgate command log',
      version,
      description:
        'Commands of teams on Kafka, and what became of them. Internal producers write to the ' +
        'topic that the gateway writes to; docs/internal-producers.md shows how.',
      license: { name: license },
    },
    defaultContentType: 'application/json',
    servers: { kafka: server },
    channels: channels(contracts, topics),
    operations,
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
  const [commands, deadLetters] = commandTopics();
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
    gatewayReplies: {
      ...channelOf(replies, ['reply']),
      description: 'Where one gateway hears its answers. No producer but it may name this topic.',
      parameters: { instance: { description: 'The name of the gateway; no two share one.' } },
    },
    replies: {
      address: null,
      description: 'Where a producer hears its answers: a topic of its own, of any name.',
      messages: refsTo(['reply']),
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

const operations = {
  decide: {
    action: 'receive',
    channel: ref('channels/commands'),
    summary: 'Decides commands, each id once, and answers whoever named a topic.',
    messages: [ref('channels/commands/messages/command')],
    reply: {
      address: {
        location: '$message.header#/reply-to',
        description: 'The topic that the command named. Nobody is answered without it.',
      },
      channel: ref('channels/replies'),
      messages: [ref('channels/replies/messages/reply')],
    },
  },
  park: {
    action: 'send',
    channel: ref('channels/deadLetters'),
    summary: 'Puts aside what no try would bring to an end, and goes on with the partition.',
    messages: [ref('channels/deadLetters/messages/deadLetter')],
  },
};

module.exports = { asyncApi };
