/** How the writer uses memory and the log. */
export interface WriterOptions {
  /** Commands decided between two looks at the limits of an append. @default 2000 */
  readonly batchCommandsMax: number;
  /** Commands that may wait for one aggregate. @default 20000 */
  readonly queueMax: number;
  /** Events after which a state is saved again. @default 100000 */
  readonly snapshotEvery: number;
  /** Memory for idle states, in bytes. @default 256 MiB */
  readonly cacheBytesMax: number;
  /** How often a batch is decided anew after another writer or an unknown outcome. @default 5 */
  readonly attemptsMax: number;
}

export const defaultWriterOptions: WriterOptions = {
  batchCommandsMax: 2_000,
  queueMax: 20_000,
  snapshotEvery: 100_000,
  cacheBytesMax: 256 * 1024 * 1024,
  attemptsMax: 5,
};
