import { apiKeyIdOf, type Environment, type NewApiKey } from '@tollgate/domain';
import { sha256 } from '../http/authentication';
import { deriveSecret, shownPrefix, type KeyKind } from '../http/api-key-secret';

export interface KeyRequest {
  readonly name: string;
  readonly environment?: Environment;
  readonly permissions?: readonly string[];
}

/** Makes API keys. Secrets are derived from the command that issues them, never stored. */
export class KeyIssuer {
  constructor(private readonly keySecret: string) {}

  newKey(commandId: string, isMain: boolean, request: KeyRequest): NewApiKey {
    const { name, environment = 'live', permissions } = request;
    const secret = this.secretOf(commandId, { environment, isMain });
    return {
      keyId: apiKeyIdOf(commandId),
      name,
      secretHash: sha256(secret),
      prefix: shownPrefix(secret, { environment, isMain }),
      environment,
      ...(permissions === undefined ? {} : { permissions }),
    };
  }

  secretOf(commandId: string, kind: KeyKind): string {
    return deriveSecret(commandId, kind, this.keySecret);
  }
}
