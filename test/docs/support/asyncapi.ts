import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export type Json = Readonly<Record<string, unknown>>;

interface Ref {
  readonly $ref: string;
}

export interface Message {
  readonly headers: { readonly properties: Json };
  readonly payload: Json;
  readonly examples: readonly {
    readonly name: string;
    readonly headers?: Json;
    readonly payload: unknown;
  }[];
}

export interface KeyedMessage extends Message {
  readonly bindings: { readonly kafka: { readonly key: Json } };
}

/** What the specs read of an AsyncAPI document. */
export interface AsyncApi {
  readonly channels: Readonly<
    Record<string, { readonly address: string | null; readonly parameters?: Json }>
  >;
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly action: string;
        readonly channel: Ref;
        readonly messages: readonly Ref[];
        readonly reply?: {
          readonly address: { readonly location: string };
          readonly channel: Ref;
          readonly messages: readonly Ref[];
        };
      }
    >
  >;
  readonly components: {
    readonly messages: {
      readonly command: KeyedMessage;
      readonly deadLetter: Message;
      readonly reply: Message;
      readonly messagingCommand: KeyedMessage;
      readonly messagingDeadLetter: Message;
      readonly messagingReply: Message;
    };
  };
}

/** What each file of a folder holds, by its name. */
export function jsonFilesIn(folder: string): Readonly<Record<string, Json>> {
  const entries = readdirSync(folder).map((name) => {
    return [name, JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Json] as const;
  });
  return Object.fromEntries(entries);
}

/** Every reference in a value, however deep. */
export function refsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { $ref } = value as Partial<Ref>;
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(value).flatMap(refsIn)];
}

/** What a reference means: `#/a/b` in the document itself, `./file#/a/b` in one beside it. */
export function resolve(
  ref: string,
  document: unknown,
  files: Readonly<Record<string, unknown>>,
): unknown {
  const [file = '', pointer = ''] = ref.split('#');
  const root = file === '' ? document : files[path.normalize(file)];
  const steps = pointer.split('/').slice(1);
  return steps.reduce<unknown>((value, step) => (value as Json | undefined)?.[step], root);
}
