import { Injectable } from '@nestjs/common';
import type { CommandMetadata } from '@tollgate/domain';
import { apiKeysIndex, type ApiKeyRow } from '@tollgate/projections';
import type { FastifyReply } from 'fastify';
import { CommandGate } from '../../commands/command-gate';
import { eventOf } from '../../commands/gate';
import { KeyIssuer } from '../../commands/key-issuer';
import { sayReplayed } from '../../http/replays';
import { FreshReads } from '../../reads/fresh-reads';
import type { IssueApiKeyDto } from '../api-key.dto';
import {
  issuedKeyView,
  listedKeyView,
  type IssuedKeyView,
  type ListedKeyView,
} from '../api-keys.view';

const KEYS_LISTED_MAX = 1_000;

export interface KeyOwner {
  readonly accountId: string;
  readonly isMain: boolean;
}

/** Issues, lists and revokes the API keys of any account, main or sub. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly gate: CommandGate,
    private readonly keys: KeyIssuer,
    private readonly reads: FreshReads,
  ) {}

  async issue(
    metadata: CommandMetadata,
    { accountId, isMain }: KeyOwner,
    body: IssueApiKeyDto,
    reply: FastifyReply,
  ): Promise<IssuedKeyView> {
    const apiKey = this.keys.newKey(isMain, body);
    const command = { ...metadata, type: 'IssueApiKey' as const, data: { accountId, apiKey } };
    const accepted = await this.gate.acceptAndShow(command);
    sayReplayed(reply, accepted);
    const issued = eventOf(accepted, 'ApiKeyIssued');
    const kind = { environment: issued.data.environment, isMain };
    return issuedKeyView(issued, this.keys.secretOf(issued.data.keyId, kind));
  }

  /** All keys of the account, newest first, revoked ones included. */
  async list(teamId: string, accountId: string): Promise<ListedKeyView[]> {
    const { items } = await this.reads.readModels.list(apiKeysIndex(teamId, accountId), {
      limit: KEYS_LISTED_MAX,
    });
    return items.map(({ row }) => listedKeyView(row as ApiKeyRow));
  }

  async revoke(metadata: CommandMetadata, accountId: string, apiKeyId: string): Promise<void> {
    const data = { accountId, apiKeyId };
    await this.gate.acceptAndShow({ ...metadata, type: 'RevokeApiKey', data });
  }
}
