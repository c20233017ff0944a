import type { Micros } from '@tollgate/domain';
import type { Tell } from './finding';

/**
 * Compares a value as it was written beside each event with the value that the events add up to.
 * A wrong amount makes the two differ from there on; only where the difference changes is told,
 * so that one cause is one finding.
 */
export class AfterValue {
  private difference = 0;

  constructor(private readonly name: string) {}

  /** True while the written value is the right one. */
  get isRight(): boolean {
    return this.difference === 0;
  }

  compare(written: Micros, computed: Micros, revision: number, tell: Tell): void {
    const difference = typeof written === 'number' ? written - computed : NaN;
    if (difference === this.difference) return;
    this.difference = difference;
    if (this.difference === 0) return;
    tell('after_value_mismatch', revision, `${this.name} is ${computed}, written as ${written}`);
  }
}
