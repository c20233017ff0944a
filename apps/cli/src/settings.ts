import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';

/** The options that every command takes. */
export interface Settings {
  readonly url: URL;
  readonly operatorKey?: string;
  readonly apiKey?: string;
  readonly data: string;
  /** Absent means text. */
  readonly json?: true;
}

/** Adds them to the program; each can also be set by environment. */
export function addSettings(program: Command): Command {
  return program
    .addOption(
      new Option('--url <url>', 'where the server is')
        .env('TOLLGATE_URL')
        .argParser(parseUrl)
        .default(new URL('http://127.0.0.1:8080'), 'http://127.0.0.1:8080'),
    )
    .addOption(
      new Option(
        '--operator-key <key>',
        'for teams, top-ups and keys (default: read from the data folder)',
      ).env('TOLLGATE_OPERATOR_KEY'),
    )
    .addOption(
      new Option('--api-key <key>', 'for what an account does itself').env('TOLLGATE_API_KEY'),
    )
    .addOption(
      new Option('--data <folder>', 'the data folder')
        .env('TOLLGATE_DATA_DIR')
        .argParser((folder) => resolve(folder))
        .default(resolve('.tollgate'), '.tollgate'),
    )
    .option('--json', 'print JSON, for scripts');
}

export const settingsOf = (command: Command): Settings => command.optsWithGlobals<Settings>();

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new InvalidArgumentError('It must begin with http:// or https://.');
}
