import type { AggregateKind, TeamKind } from '@tollgate/domain';
import { commandReader, encodeCommand, type ParsedCommand } from './command-codec';
import { deadLetterTopic } from './topics';

/** What is said of one command log, by all who write to it and read from it. */
export interface ProtocolParts<Kind extends AggregateKind> {
  readonly topic: string;
  /** Consumers of this group share the partitions. */
  readonly consumerGroup: string;
  /** What the key of a record must be: in words, and as a JSON Schema. */
  readonly keyName: string;
  readonly keySchema: object;
  /** JSON Schema of the value of a record. */
  readonly commandSchema: object;
  /** JSON Schema of the value of a record that answers one. */
  readonly replySchema: object;
  /** Commands of one key are decided in their order, by one writer. */
  keyOf(command: Kind['command']): string;
}

/** How commands of one kind lie on their topic. */
export interface CommandProtocol<
  Kind extends AggregateKind = TeamKind,
> extends ProtocolParts<Kind> {
  readonly deadLetterTopic: string;
  /** The value of the record that puts a command on the topic. */
  encode(command: Kind['command']): string;
  /**
   * Reads a record's value; what is none says why, naming the field and the rule.
   * @param recordedAt Unix ms of the record, for commands that do not say when they were asked for.
   */
  decode(value: string, recordedAt: number): ParsedCommand<Kind['command']>;
}

export function protocolOf<Kind extends AggregateKind>(
  parts: ProtocolParts<Kind>,
): CommandProtocol<Kind> {
  return {
    ...parts,
    deadLetterTopic: deadLetterTopic(parts.topic),
    encode: encodeCommand,
    decode: commandReader<Kind['command']>(parts.commandSchema),
  };
}
