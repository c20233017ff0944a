import {
  CORRELATION_ID,
  EXPIRES_AT,
  REPLY_TO,
  type CommandProtocol,
  type ParsedCommand,
} from '@tollgate/contracts';
import type { AggregateKind } from '@tollgate/domain';
import type { KafkaMessage } from 'kafkajs';

/** How much older than its record a command may say that it is, in ms. */
const AGE_MS_MAX = 60_000;

/** A command as it lies on the topic, and who wants to hear of it. */
export interface CommandRecord<Kind extends AggregateKind> {
  readonly offset: string;
  readonly message: KafkaMessage;
  readonly command: Kind['command'];
  readonly correlationId: string;
  readonly replyTo: string | undefined;
}

export interface BadRecord {
  readonly message: KafkaMessage;
  readonly reason: string;
  readonly correlationId: string | undefined;
  readonly replyTo: string | undefined;
}

export interface ReadRecords<Kind extends AggregateKind> {
  /** In their order, by key. */
  readonly byKey: ReadonlyMap<string, readonly CommandRecord<Kind>[]>;
  readonly bad: readonly BadRecord[];
}

/** Sorts the records of a batch; those that nobody waits for any longer are left out. */
export function readRecords<Kind extends AggregateKind>(
  protocol: CommandProtocol<Kind>,
  messages: readonly KafkaMessage[],
  now: number,
): ReadRecords<Kind> {
  const byKey = new Map<string, CommandRecord<Kind>[]>();
  const bad: BadRecord[] = [];
  for (const message of messages) {
    if (isExpired(message, now)) continue;
    const parsed = parse(protocol, message);
    const replyTo = header(message, REPLY_TO);
    const correlationId = header(message, CORRELATION_ID) ?? parsed.command?.id;
    if (parsed.problem !== undefined) {
      bad.push({ message, reason: parsed.problem, correlationId, replyTo });
      continue;
    }
    const { command } = parsed;
    const record = { offset: message.offset, message, command, replyTo };
    const key = protocol.keyOf(command);
    const ofKey = byKey.get(key) ?? [];
    ofKey.push({ ...record, correlationId: correlationId ?? command.id });
    byKey.set(key, ofKey);
  }
  return { byKey, bad };
}

/** Decided before it expired, or not at all: the caller was told that it is not known. */
export function isExpired(message: KafkaMessage, now: number): boolean {
  const expiresAt = header(message, EXPIRES_AT);
  return expiresAt !== undefined && Number(expiresAt) < now;
}

function parse<Kind extends AggregateKind>(
  protocol: CommandProtocol<Kind>,
  message: KafkaMessage,
): ParsedCommand<Kind['command']> {
  const recordedAt = Number(message.timestamp);
  const parsed = protocol.decode(message.value?.toString() ?? '', recordedAt);
  const { command } = parsed;
  if (command === undefined) return parsed;
  if (protocol.keyOf(command) !== message.key?.toString()) {
    return { problem: `the record's key is not ${protocol.keyName}` };
  }
  return { command: { ...command, at: clamp(command.at, recordedAt) } };
}

/**
 * Times decide which command ids are still remembered, so a producer's clock counts only as far as
 * the record's time bears it out. The same record always gives the same time.
 */
function clamp(at: number, recordedAt: number): number {
  return Math.min(Math.max(at, recordedAt - AGE_MS_MAX), recordedAt);
}

function header({ headers }: KafkaMessage, name: string): string | undefined {
  return headers?.[name]?.toString();
}
