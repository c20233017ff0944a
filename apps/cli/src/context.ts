import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { ApiClient } from './http/api-client';
import { accountKeyFrom, operatorKeyFrom } from './keys';
import { write } from './output';
import { settingsOf, type Settings } from './settings';
import type { Terminal } from './terminal';

/** What a command works with: its settings, the API and the terminal. */
export class Context {
  readonly settings: Settings;

  constructor(
    command: Command,
    readonly terminal: Terminal,
  ) {
    this.settings = settingsOf(command);
  }

  /** The API with the operator's key. @throws CommandFailure when there is none. */
  operator(): ApiClient {
    const { url, operatorKey, data } = this.settings;
    return new ApiClient(url, operatorKeyFrom(operatorKey, data));
  }

  /** The API with an account's key. @throws CommandFailure when there is none. */
  account(): ApiClient {
    return new ApiClient(this.settings.url, accountKeyFrom(this.settings.apiKey));
  }

  /** The key given, or a new one, shown before it is used so that it outlives a lost answer. */
  idempotencyKey(given: string | undefined): string {
    if (given !== undefined) return given;
    const key = randomUUID();
    this.terminal.err(`idempotency key: ${key}\n`);
    return key;
  }

  write(value: unknown, text: () => string): void {
    write(this.terminal, { isJson: this.settings.json === true, value, text });
  }
}
