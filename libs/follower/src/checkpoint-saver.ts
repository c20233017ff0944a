import type { Checkpoints, Log } from '@tollgate/ports';
import type { Progress } from './progress';
import type { Timer } from './timer';

export interface CheckpointOptions {
  /** Name of the checkpoint. */
  readonly consumer: string;
  /** It is saved at most this often. */
  readonly checkpointMs: number;
  readonly timer: Timer;
}

/**
 * Saves the checkpoint now and then. Losing a save only means that finished work is looked at
 * once more, so a save that fails is told and left to the next one.
 */
export class CheckpointSaver {
  private cancel: (() => void) | undefined;
  private saving: Promise<void> = Promise.resolve();
  private isClosed = false;
  private saved: number;

  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly progress: Progress,
    private readonly options: CheckpointOptions,
    private readonly log: Log,
  ) {
    this.saved = progress.checkpoint;
  }

  /** There may be something to save, soon. */
  request(): void {
    if (this.isClosed || this.cancel !== undefined) return;
    this.cancel = this.options.timer(this.options.checkpointMs, () => {
      this.cancel = undefined;
      void this.save();
    });
  }

  /** Saves once more; nothing is saved afterwards. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.cancel?.();
    await this.save();
  }

  /** One at a time, so that an older checkpoint never replaces a newer one. */
  private save(): Promise<void> {
    this.saving = this.saving.then(() => this.saveProgress());
    return this.saving;
  }

  private async saveProgress(): Promise<void> {
    const { checkpoint } = this.progress;
    if (checkpoint <= this.saved) return;
    try {
      await this.checkpoints.save(this.options.consumer, checkpoint);
      this.saved = checkpoint;
    } catch (error) {
      this.log.warn('the checkpoint was not saved', { checkpoint, error });
      this.request();
    }
  }
}
