import { nodeDigest } from '@tollgate/adapter-runtime';
import { commandIdOf } from '@tollgate/contracts';
import type { Sealed } from '@tollgate/domain';
import type { Sealing } from '@tollgate/ports';

/** Seals nothing: what it makes can be read by anybody, until its subject is forgotten. */
export class PlainSealing implements Sealing {
  private readonly forgotten = new Set<string>();

  async seal(subject: string, value: unknown): Promise<Sealed> {
    return this.sealed(subject, value);
  }

  async open(sealed: Sealed): Promise<unknown> {
    const end = sealed.indexOf(' ');
    if (this.forgotten.has(sealed.slice(0, end))) return undefined;
    return JSON.parse(sealed.slice(end + 1)) as unknown;
  }

  async recipientOf(accountId: string, identifier: string): Promise<string> {
    return this.recipient(accountId, identifier);
  }

  /** {@link seal} for those who don't wait. */
  sealed(subject: string, value: unknown): Sealed {
    return `${subject} ${JSON.stringify(value)}`;
  }

  /** {@link recipientOf} for those who don't wait. */
  recipient(accountId: string, identifier: string): string {
    return `rcp_${commandIdOf(`${accountId} ${identifier}`, nodeDigest.sha256)}`;
  }

  /** As if the key of a subject had been destroyed. */
  forget(subject: string): void {
    this.forgotten.add(subject);
  }
}
