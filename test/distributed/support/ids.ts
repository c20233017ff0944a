import { randomUUID } from 'node:crypto';
import { commandIdOf } from '@tollgate/contracts';
import { nodeDigest } from '@tollgate/testing';

export function newCommandId(): string {
  return commandIdOf(randomUUID(), nodeDigest.sha256);
}
