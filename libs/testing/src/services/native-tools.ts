import { createRequire } from 'node:module';
import { join } from 'node:path';
import { workspaceRoot } from '../processes/workspace-root';

/** How to start a program of `tools/native`. */
export interface NativeCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface KafkaNode {
  readonly folder: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly profile?: 'test' | 'stack';
}

export interface RedisNode {
  readonly folder: string;
  readonly port: number;
  readonly appendonly?: 'yes' | 'no';
  readonly appendfsync?: 'always' | 'everysec' | 'no';
}

/** The tools are plain JavaScript outside the build, so they are found at run time. */
function loadTool(file: string): unknown {
  return createRequire(__filename)(nativeTool(file));
}

/** The path of a file in `tools/native`. */
export function nativeTool(file: string): string {
  return join(workspaceRoot(), 'tools', 'native', file);
}

/** Fetches Kafka if need be, formats its storage once, answers how to start it. */
export function prepareKafka(node: KafkaNode): Promise<NativeCommand> {
  type Tool = { prepareKafka(node: KafkaNode): Promise<NativeCommand> };
  return (loadTool('kafka.js') as Tool).prepareKafka(node);
}

/** Fetches Redis if need be, answers how to start it. */
export function prepareRedis(node: RedisNode): Promise<NativeCommand> {
  type Tool = { prepareRedis(node: RedisNode): Promise<NativeCommand> };
  return (loadTool('redis.js') as Tool).prepareRedis(node);
}
