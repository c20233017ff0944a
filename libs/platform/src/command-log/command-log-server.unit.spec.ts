import 'reflect-metadata';
import { Controller, Module, UseFilters } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern } from '@nestjs/microservices';
import { InProcessCommandLog } from '@tollgate/adapter-in-memory';
import type { TeamCommand } from '@tollgate/domain';
import { CommandLogFull, CommandLogUnavailable, type Outcome } from '@tollgate/ports';
import { CommandLogServer } from './command-log-server';
import { OriginalErrorFilter } from './original-error.filter';
import type { KeyedCommands } from './keyed-commands';

const TOPIC = 'spec.commands';
const command = { id: 'c' } as TeamCommand;

@Controller()
@UseFilters(OriginalErrorFilter)
class SpecController {
  @MessagePattern(TOPIC)
  async decide({ key, commands }: KeyedCommands): Promise<readonly Outcome[]> {
    if (key === 'full') throw new CommandLogFull(7);
    return commands.map(({ id }) => ({ status: 'unknown', commandId: `${key}/${id}` }));
  }
}

@Module({ controllers: [SpecController] })
class SpecModule {}

describe('commands of a log, handed to a Nest controller', () => {
  const log = new InProcessCommandLog();
  const listen = async (topic: string): Promise<{ close(): Promise<void> }> => {
    const strategy = new CommandLogServer(log, topic);
    const options = { strategy, logger: false as const, abortOnError: false };
    const app = await NestFactory.createMicroservice(SpecModule, options);
    await app.listen();
    return app;
  };

  it('come as they were sent, and their outcomes go back', async () => {
    const app = await listen(TOPIC);
    const outcomes = await log.submit('tm_1', [command, command]);
    expect(outcomes).toEqual(Array(2).fill({ status: 'unknown', commandId: 'tm_1/c' }));
    await app.close();
  });

  it('fail with the error that the controller threw, not with one that only says so', async () => {
    const app = await listen(TOPIC);
    await expect(log.submit('full', [command])).rejects.toMatchObject({ retryAfterMs: 7 });
    await app.close();
  });

  it('are taken no more once the service is closed', async () => {
    await (await listen(TOPIC)).close();
    await expect(log.submit('tm_1', [command])).rejects.toBeInstanceOf(CommandLogUnavailable);
  });

  it('need a controller: a topic that nobody takes is a fault at the start', async () => {
    await expect(listen('another.topic')).rejects.toThrow('no controller takes another.topic');
  });
});
