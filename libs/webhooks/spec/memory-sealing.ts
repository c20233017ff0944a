import type { Sealed } from '@tollgate/domain';
import { VaultUnavailable, type Sealing } from '@tollgate/ports';

/** Keeps what was sealed to itself, by subject. */
export class MemorySealing implements Pick<Sealing, 'open'> {
  isAway = false;
  private readonly values = new Map<Sealed, unknown>();

  seal(subject: string, value: unknown): Sealed {
    const sealed = `${subject}.${this.values.size}`;
    this.values.set(sealed, value);
    return sealed;
  }

  async open(sealed: Sealed): Promise<unknown> {
    if (this.isAway) throw new VaultUnavailable('away');
    return this.values.get(sealed);
  }

  erase(subject: string): void {
    for (const sealed of this.values.keys()) {
      if (sealed.startsWith(`${subject}.`)) this.values.delete(sealed);
    }
  }
}
