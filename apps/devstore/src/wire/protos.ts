import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const FILES = ['streams.proto', 'gossip.proto', 'serverfeatures.proto'];
const PROTO_FOLDER = join('apps', 'devstore', 'proto');

const definitions = loadSync(FILES, {
  includeDirs: [protoFolder(__dirname)],
  longs: String,
  enums: String,
});

export const streamsService = serviceOf('event_store.client.streams.Streams');
export const gossipService = serviceOf('event_store.client.gossip.Gossip');
export const featuresService = serviceOf('event_store.client.server_features.ServerFeatures');

/** Sources and build lie at different depths of the workspace. */
function protoFolder(from: string): string {
  const folder = join(from, PROTO_FOLDER);
  if (existsSync(folder)) return folder;
  if (from === dirname(from)) throw new Error(`${PROTO_FOLDER} is missing`);
  return protoFolder(dirname(from));
}

function serviceOf(name: string): ServiceDefinition {
  const service = definitions[name] as ServiceDefinition;
  return Object.fromEntries(
    Object.entries(service).map(([method, definition]) => [method, encodedPasses(definition)]),
  );
}

/** Lets a method answer with bytes that are encoded already. */
function encodedPasses<Request, Response>(
  method: MethodDefinition<Request, Response>,
): MethodDefinition<Request, Response> {
  const { responseSerialize } = method;
  return {
    ...method,
    responseSerialize: (value) => (Buffer.isBuffer(value) ? value : responseSerialize(value)),
  };
}
