import { ChainVerifier, type Sha256 } from '@tollgate/contracts';
import type { RecordedEvent } from '@tollgate/ports';
import type { Tell } from './finding';

const COMMAND = /^\{"at":\d+,"command":"(\w{26})"/;

/** Checks that a stream's events follow each other without a gap, their ids, and the hash chain. */
export class StreamAudit {
  /** Of the last event; -1 before the first. */
  revision = -1;
  private openSince = 0;
  private command = '';
  private index = 0;
  private readonly chain: ChainVerifier;

  constructor(
    stream: string,
    sha256: Sha256,
    readonly tell: Tell,
  ) {
    this.chain = new ChainVerifier(stream, sha256);
  }

  get isClosed(): boolean {
    return this.chain.isClosed;
  }

  follow(recorded: RecordedEvent): void {
    const { revision } = recorded;
    if (revision !== this.revision + 1) {
      this.tell('revision_gap', revision, `stands where revision ${this.revision + 1} should be`);
    }
    this.revision = revision;
    this.checkId(recorded);
    if (this.chain.isClosed) this.openSince = revision;
    if (this.chain.follow(recorded)) return;
    const append = `the append of revisions ${this.openSince} to ${revision}`;
    this.tell('chain_broken', revision, `${append} is not what its link was made from`);
  }

  /** Ids are outside the chain, since they follow from what is in it: command and place in it. */
  private checkId({ id, metadata, revision }: RecordedEvent): void {
    const command = COMMAND.exec(metadata)?.[1];
    if (command === undefined) return;
    const isFirst = command !== this.command || id === `${command}/0`;
    this.index = isFirst ? 0 : this.index + 1;
    this.command = command;
    if (id === `${command}/${this.index}`) return;
    this.tell('id_mismatch', revision, `has the id ${id}, not ${command}/${this.index}`);
  }

  finish(): void {
    if (this.chain.isClosed) return;
    const since = `since revision ${this.openSince}`;
    this.tell('chain_open', this.revision, `the stream ends in an append that is open ${since}`);
  }
}
