/** Where the consumers of the log stand. */
export interface Checkpoints {
  /** Position up to which `consumer` has handled everything; 0 at first. */
  load(consumer: string): Promise<number>;
  save(consumer: string, position: number): Promise<void>;
}
