import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { AggregateKind, TeamKind } from '@tollgate/domain';
import type { CommandConsumer, CommandHandler, Outcome } from '@tollgate/ports';
import { lastValueFrom } from 'rxjs';
import type { KeyedCommands } from './keyed-commands';

/**
 * Nest's own way in for commands: whatever log they come from, in process or Kafka, a controller
 * takes them with `@MessagePattern(topic)`, all that wait of one key at a time.
 */
export class CommandLogServer<Kind extends AggregateKind = TeamKind>
  extends Server
  implements CustomTransportStrategy
{
  constructor(
    private readonly consumer: CommandConsumer<Kind>,
    private readonly topic: string,
  ) {
    super();
  }

  listen(callback: (fault?: unknown) => void): void {
    this.consumer.run(this.handlerOf(this.topic)).then(() => callback(), callback);
  }

  close(): Promise<void> {
    return this.consumer.close();
  }

  on(): never {
    throw new Error('the command log has no events of its own');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  private handlerOf(topic: string): CommandHandler<Kind> {
    const handler = this.getHandlerByPattern(topic);
    if (handler === null) throw new Error(`no controller takes ${topic}`);
    return async (key, commands) => {
      const request: KeyedCommands<Kind> = { key, commands };
      const answer: unknown = await handler(request);
      return lastValueFrom(this.transformToObservable(answer)) as Promise<readonly Outcome<Kind>[]>;
    };
  }
}
