import { Option, type Command } from 'commander';
import { settingsOf, type Settings } from '../settings';

/** Where the books are that an audit reads. */
export type Place = FolderPlace | ServerPlace;

export interface FolderPlace {
  readonly kind: 'folder';
  readonly path: string;
}

export interface ServerPlace {
  readonly kind: 'servers';
  /** Connection string; may hold a password, so it must not be shown. */
  readonly eventStore: string;
  /** URLs, of which the same holds; none when the read models are left out. */
  readonly redis: readonly string[];
}

type PlaceSettings = Settings & { readonly eventstoredb?: string; readonly redis?: string };

/** No parsers: commander would show a value that one of them refuses, and the password in it. */
const eventStoreOption = new Option(
  '--eventstoredb <connection>',
  'the log of a distributed system in place of a data folder: esdb://user:password@host:2113',
).env('TOLLGATE_EVENTSTOREDB');

const redisOption = new Option(
  '--redis <urls>',
  'its read models, to be compared with the log; of a Cluster several nodes, with commas',
).env('TOLLGATE_REDIS');

export const addEventStore = (command: Command): Command => command.addOption(eventStoreOption);
export const addRedis = (command: Command): Command => command.addOption(redisOption);

/** What is typed counts before what is set around it. Ends the command when both are given. */
export function placeOf(command: Command): Place {
  const { data, eventstoredb = '', redis = '' } = settingsOf(command) as PlaceSettings;
  const [folder, store] = [weightOf(command, 'data'), weightOf(command, 'eventstoredb')];
  if (folder === store) refuseBoth(command, folder);
  if (folder < store) {
    return {
      kind: 'servers',
      eventStore: checked(command, '--eventstoredb', eventstoredb),
      redis: listOf(redis).map((url) => checked(command, '--redis', url)),
    };
  }
  if (weightOf(command, 'redis') === weights.cli) {
    refuse(command, '--redis goes with --eventstoredb; a data folder has its read models in it');
  }
  return { kind: 'folder', path: data };
}

const weights = { none: -1, default: 0, env: 1, cli: 2 } as const;

/** A variable that is set to nothing is as good as none. */
function weightOf(command: Command, name: keyof PlaceSettings): number {
  if (((settingsOf(command) as PlaceSettings)[name] ?? '') === '') return weights.none;
  return weights[command.getOptionValueSourceWithGlobals(name) as keyof typeof weights];
}

const forms = {
  '--eventstoredb': { starts: /^esdb(\+discover)?:\/\/./, said: 'esdb:// or esdb+discover://' },
  '--redis': { starts: /^rediss?:\/\/./, said: 'redis:// or rediss://' },
} as const;

function checked(command: Command, option: keyof typeof forms, address: string): string {
  const { starts, said } = forms[option];
  if (!starts.test(address)) refuse(command, `an address in ${option} must begin with ${said}`);
  return address;
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function refuseBoth(command: Command, weight: number): never {
  if (weight === weights.cli) return refuse(command, 'either --data or --eventstoredb, not both');
  const names = 'TOLLGATE_DATA_DIR and TOLLGATE_EVENTSTOREDB';
  return refuse(command, `${names} are both set: say which with --data or --eventstoredb`);
}

const refuse = (command: Command, problem: string): never => command.error(`error: ${problem}`);
