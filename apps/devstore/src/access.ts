import { timingSafeEqual } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { accessDenied, unauthenticated } from './wire/rpc-errors';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Lets in those who know the user's password, or everybody when no user is configured. */
export class Access {
  private readonly expected: string | undefined;

  constructor(credentials: Credentials | undefined) {
    if (credentials === undefined) return;
    const { user, password } = credentials;
    this.expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  /** Whether a call came without the credentials that it needs. @throws ServiceError for others. */
  isAnonymous(metadata: Metadata): boolean {
    if (this.expected === undefined) return false;
    const [given] = metadata.get('authorization');
    if (given === undefined) return true;
    if (!isSame(String(given), this.expected)) throw unauthenticated();
    return false;
  }

  /** @throws ServiceError */
  check(metadata: Metadata): void {
    if (this.isAnonymous(metadata)) throw accessDenied();
  }
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
