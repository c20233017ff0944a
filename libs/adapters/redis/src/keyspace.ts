/**
 * No other key of ours has a hyphen there, and none of these characters means something in a
 * pattern, begins a hash tag or ends the name.
 */
const NAMESPACE = /^[\w.]+-[\w.-]+$/;

/** Names of everything that belongs to one set of read models. */
export class Keyspace {
  private readonly prefix: string;
  /** Where it is said which streams are shown further now. */
  readonly shownChannel: string;

  /** @throws Error when the name is not one of a set: such as `v2-01KB`, with a hyphen. */
  constructor(readonly namespace: string) {
    if (!NAMESPACE.test(namespace)) throw new Error(`not a namespace: ${namespace}`);
    this.prefix = `tollgate:${namespace}:`;
    this.shownChannel = `${this.prefix}shown`;
  }

  /** Keys of rows begin with the hash tag of their group, where they have one. */
  row(key: string): string {
    return `${this.prefix}row:${key}`;
  }

  /** Of where the parts of a row are listed: in the slot of the row. */
  parts(key: string): string {
    return `${this.prefix}parts:${key}`;
  }

  index(name: string): string {
    return `${this.prefix}index:${name}`;
  }

  revision(stream: string, group: string): string {
    return `${this.prefix}revision:{${group}}/${stream}`;
  }

  /** Copies of the checkpoint have keys in different slots. */
  checkpoint(copy: number): string {
    return `${this.prefix}checkpoint:${copy}`;
  }

  /** Of every key above, as a pattern for SCAN. */
  get pattern(): string {
    return `${this.prefix}*`;
  }
}
