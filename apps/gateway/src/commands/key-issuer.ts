import { apiKeyIdOf, type Environment, type NewApiKey } from '@tollgate/domain';
import type { IdSource } from '@tollgate/ports';
import { sha256 } from '../http/authentication';
import { deriveSecret, shownPrefix, type KeyKind } from '../http/api-key-secret';

export interface KeyRequest {
  readonly name: string;
  readonly environment?: Environment;
  readonly permissions?: readonly string[];
}

/** Makes API keys. Secrets are derived from the keys' ids, never stored. */
export class KeyIssuer {
  constructor(
    private readonly keySecret: string,
    private readonly ids: IdSource,
  ) {}

  newKey(isMain: boolean, request: KeyRequest): NewApiKey {
    const { name, environment = 'live', permissions } = request;
    const keyId = apiKeyIdOf(this.ids.next());
    const secret = this.secretOf(keyId, { environment, isMain });
    return {
      keyId,
      name,
      secretHash: sha256(secret),
      prefix: shownPrefix(secret, { environment, isMain }),
      environment,
      ...(permissions === undefined ? {} : { permissions }),
    };
  }

  secretOf(keyId: string, kind: KeyKind): string {
    return deriveSecret(keyId, kind, this.keySecret);
  }
}
