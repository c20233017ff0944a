'use strict';

/** What a single Kafka node is told about itself. */
const crypto = require('node:crypto');

const KB = 1024;
const MB = 1024 * KB;

/**
 * Nothing is flushed per record (log.flush.interval.messages stays as it is): Kafka promises
 * durability by replicas, and the file system decides when bytes reach the disk. A killed process
 * loses nothing; a power cut on a single node may.
 */
const forEveryNode = {
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.listener.names': 'CONTROLLER',
  'auto.create.topics.enable': false,
  'num.partitions': 1,
  'offsets.topic.replication.factor': 1,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  // The first member of a group would wait three seconds for others to come.
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 1000,
};

const forProfile = {
  test: {
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.num.partitions': 2,
    'share.coordinator.state.topic.num.partitions': 2,
    // These two are set aside in advance: by the node, and by every partition.
    'log.cleaner.dedupe.buffer.size': 4 * MB,
    'log.index.size.max.bytes': 512 * KB,
    'log.retention.hours': 1,
    // A node that was killed is let in again when its last session has run out.
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 200,
  },
  stack: {
    'offsets.topic.num.partitions': 12,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.num.partitions': 4,
    'log.cleaner.dedupe.buffer.size': 32 * MB,
    'log.retention.hours': 7 * 24,
    'log.segment.bytes': 256 * MB,
  },
};

/** The text of a server.properties file. Listens on the loopback interface only. */
function serverProperties({ dataFolder, port, controllerPort, profile }) {
  const broker = `PLAINTEXT://127.0.0.1:${port}`;
  const controller = `127.0.0.1:${controllerPort}`;
  const settings = {
    ...forEveryNode,
    ...forProfile[profile],
    'log.dirs': dataFolder.replaceAll('\\', '/'),
    listeners: `${broker},CONTROLLER://${controller}`,
    'advertised.listeners': broker,
    'controller.quorum.voters': `1@${controller}`,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return `${lines.join('\n')}\n`;
}

/** Kafka's own form: 16 bytes as base64url. One that began with a dash would look like an option. */
function newClusterId() {
  return crypto.randomBytes(16).toString('base64url').replace(/^-/, 'A');
}

module.exports = { newClusterId, serverProperties };
