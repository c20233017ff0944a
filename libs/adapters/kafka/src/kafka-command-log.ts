import type { CommandProtocol } from '@tollgate/contracts';
import type { AggregateKind, TeamKind } from '@tollgate/domain';
import {
  CommandLogFull,
  CommandLogUnavailable,
  type CommandLog,
  type Outcome,
} from '@tollgate/ports';
import type { Answer, KafkaExchange } from './kafka-exchange';

export interface KafkaCommandLogOptions {
  /**
   * Commands of this log under way at most; one more and the caller is asked to come back.
   * @default 50000
   */
  readonly commandsMax?: number;
}

const RETRY_AFTER_MS = 1_000;

/** Commands of one kind, put on their topic; whoever made the exchange opens and closes it. */
export class KafkaCommandLog<Kind extends AggregateKind = TeamKind> implements CommandLog<Kind> {
  private readonly commandsMax: number;
  private underWay = 0;

  constructor(
    private readonly protocol: CommandProtocol<Kind>,
    private readonly exchange: KafkaExchange,
    { commandsMax = 50_000 }: KafkaCommandLogOptions = {},
  ) {
    this.commandsMax = commandsMax;
  }

  /** The key of each record is the one that its command names. */
  async submit(
    _key: string,
    commands: readonly Kind['command'][],
  ): Promise<readonly Outcome<Kind>[]> {
    const { problem } = this.exchange;
    if (problem !== undefined) throw new CommandLogUnavailable(problem);
    if (this.underWay + commands.length > this.commandsMax) {
      throw new CommandLogFull(RETRY_AFTER_MS);
    }
    return Promise.all(commands.map((command) => this.send(command)));
  }

  private async send(command: Kind['command']): Promise<Outcome<Kind>> {
    const { topic } = this.protocol;
    const key = this.protocol.keyOf(command);
    const value = this.protocol.encode(command);
    this.underWay += 1;
    const answer = await this.exchange.ask({ topic, key, value });
    this.underWay -= 1;
    return outcomeOf(answer, command.id);
  }
}

/** An answer is to what was asked, so that its events and its rejection are of the same kind. */
function outcomeOf<Kind extends AggregateKind>(answer: Answer, commandId: string): Outcome<Kind> {
  if (answer === 'not-sent') return { status: 'unavailable' };
  if (answer === 'expired') return { status: 'unknown', commandId };
  if (answer.status === 'invalid') return { status: 'undecidable', reason: answer.reason };
  return answer as Outcome<Kind>;
}
