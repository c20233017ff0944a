import { join } from 'node:path';
import { kafkaAnswers, listens, prepareKafka, prepareRedis, redisAnswers } from '@tollgate/testing';
import { nodeProgram } from './node-program';
import { Part } from './part';
import type { Place } from './place';

/** What the services stand on: real Kafka, real Redis, and devstore in place of EventStoreDB. */
export function backendsOf(place: Place): Part[] {
  return [kafka(place), redis(place), devstore(place)];
}

function kafka({ folder, ports, onWarning, addresses }: Place): Part {
  const own = join(folder, 'kafka');
  const { kafka: port, controller: controllerPort } = ports;
  return new Part({
    name: 'Kafka',
    folder: own,
    command: () => prepareKafka({ folder: own, port, controllerPort, profile: 'stack' }),
    answers: () => kafkaAnswers(addresses.kafka),
    onWarning: onWarning('kafka'),
    warnsOn: 'both',
  });
}

function redis({ folder, ports, onWarning }: Place): Part {
  const own = join(folder, 'redis');
  return new Part({
    name: 'Redis',
    folder: own,
    command: () => prepareRedis({ folder: own, port: ports.redis, appendonly: 'yes' }),
    answers: () => redisAnswers(ports.redis),
    onWarning: onWarning('redis'),
    warnsOn: 'both',
  });
}

function devstore({ folder, ports, onWarning }: Place): Part {
  const own = join(folder, 'devstore');
  const env = {
    DEVSTORE_HOST: '127.0.0.1',
    DEVSTORE_PORT: String(ports.eventStore),
    DEVSTORE_DATA_DIR: own,
    // Whatever these are in the shell is meant for another devstore.
    ...{ DEVSTORE_TLS_CERT: '', DEVSTORE_TLS_KEY: '', DEVSTORE_FAULTS_PORT: '' },
    ...{ DEVSTORE_USER: '', DEVSTORE_PASSWORD: '' },
  };
  return new Part({
    name: 'devstore',
    folder: own,
    command: () => Promise.resolve(nodeProgram('devstore', [], env)),
    answers: () => listens(ports.eventStore),
    onWarning: onWarning('devstore'),
  });
}
