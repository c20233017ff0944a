import { randomUUID } from 'node:crypto';
import type { handleUnaryCall, ServerUnaryCall } from '@grpc/grpc-js';
import { ticksOf } from '../store/stored-event';
import type { Empty } from '../wire/messages';

/** The version of EventStoreDB whose protocol this node speaks. */
const SERVER_VERSION = '23.10.0.0';
const DEFAULT_PORT = 2_113;

const STREAMS = 'event_store.client.streams.streams';
const METHODS = [
  ...['append', 'batchappend', 'delete', 'read', 'tombstone'].map((method) => [STREAMS, method]),
  ['event_store.client.gossip.gossip', 'read'],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods'],
];

export const featuresCall: handleUnaryCall<Empty, object> = (_, answer) => {
  const methods = METHODS.map(([serviceName, methodName]) => ({ serviceName, methodName }));
  answer(null, { methods, eventStoreServerVersion: SERVER_VERSION });
};

/** A cluster of one, which is its leader, at the address that the asker used. */
export function gossipCall(): handleUnaryCall<Empty, object> {
  const instanceId = { string: randomUUID() };
  return (call, answer) => {
    const member = {
      instanceId,
      timeStamp: ticksOf(Date.now()),
      state: 'Leader',
      isAlive: true,
      httpEndPoint: endPointOf(call),
    };
    answer(null, { members: [member] });
  };
}

function endPointOf(call: ServerUnaryCall<Empty, object>): object {
  const { hostname, port } = new URL(`http://${call.getHost()}`);
  return { address: hostname, port: Number(port) || DEFAULT_PORT };
}
