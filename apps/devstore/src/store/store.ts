import type { LmdbEventLog } from '@tollgate/adapter-embedded';
import { AllReader } from './all-reader';
import { StreamGrowth } from './stream-growth';
import { StreamReader } from './stream-reader';
import { StreamStates } from './stream-states';
import { StreamWriter } from './stream-writer';

/** A node's streams over one event log. */
export class Store {
  readonly growth = new StreamGrowth();
  readonly streams: StreamReader;
  readonly all: AllReader;
  readonly writer: StreamWriter;

  constructor(readonly log: LmdbEventLog) {
    const states = new StreamStates(log);
    this.streams = new StreamReader(log, states);
    this.all = new AllReader(log);
    this.writer = new StreamWriter(log, states, this.growth);
  }
}
