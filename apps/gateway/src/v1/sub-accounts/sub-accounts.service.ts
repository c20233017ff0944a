import { Injectable } from '@nestjs/common';
import {
  microsFromCents,
  subAccountIdOf,
  type SubAccountCreated,
  type SubAccountDeactivated,
} from '@tollgate/domain';
import type { Accepted } from '@tollgate/ports';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandFactory } from '../../commands/command-factory';
import { CommandGate } from '../../commands/command-gate';
import { eventOf } from '../../commands/gate';
import { KeyIssuer } from '../../commands/key-issuer';
import type { AccountCaller } from '../../http/caller';
import { sayReplayed } from '../../http/replays';
import type { CreateSubAccountDto, UpdateSubAccountDto } from './sub-account.dto';
import { subAccountView, type SubAccountView } from './sub-account.view';

const FIRST_KEY = { name: 'Default', environment: 'live' } as const;

/** The commands behind the sub-account routes. */
@Injectable()
export class SubAccountsService {
  constructor(
    private readonly factory: CommandFactory,
    private readonly gate: CommandGate,
    private readonly keys: KeyIssuer,
  ) {}

  async create(
    request: FastifyRequest,
    caller: AccountCaller,
    { creditLimit, ...body }: CreateSubAccountDto,
    reply: FastifyReply,
  ): Promise<SubAccountView> {
    const metadata = this.factory.ofCaller(request, caller);
    const apiKey = this.keys.newKey(false, FIRST_KEY);
    const accountId = subAccountIdOf(this.factory.newId());
    const accepted = await this.gate.acceptAndShow({
      ...metadata,
      type: 'CreateSubAccount',
      data: { accountId, ...body, ...limitInMicros(creditLimit), apiKey },
    });
    sayReplayed(reply, accepted);
    return this.created(caller.teamId, accepted);
  }

  async update(
    request: FastifyRequest,
    caller: AccountCaller,
    change: UpdateSubAccountDto & { readonly accountId: string },
  ): Promise<void> {
    const { creditLimit, ...data } = change;
    await this.gate.accept({
      ...this.factory.ofCaller(request, caller),
      type: 'UpdateSubAccount',
      data: { ...data, ...limitInMicros(creditLimit) },
    });
  }

  /** The number of keys that were revoked; 0 when the sub-account was deactivated before. */
  async deactivate(
    request: FastifyRequest,
    caller: AccountCaller,
    accountId: string,
  ): Promise<number> {
    const { events } = await this.gate.acceptAndShow({
      ...this.factory.ofCaller(request, caller),
      type: 'DeactivateSubAccount',
      data: { accountId },
    });
    const done = events.find((event): event is SubAccountDeactivated => {
      return event.type === 'SubAccountDeactivated';
    });
    return done?.data.keysRevoked ?? 0;
  }

  private created(teamId: string, accepted: Accepted): SubAccountView {
    const { data }: SubAccountCreated = eventOf(accepted, 'SubAccountCreated');
    const view = subAccountView({
      id: data.accountId,
      teamId,
      name: data.name,
      status: 'active',
      creditLimit: data.creditLimit,
      totalSpent: 0,
      held: 0,
      externalId: data.externalId ?? null,
      metadata: data.metadata ?? null,
      createdAt: accepted.at,
    });
    const kind = { environment: FIRST_KEY.environment, isMain: false };
    return {
      ...view,
      apiKey: this.keys.secretOf(eventOf(accepted, 'ApiKeyIssued').data.keyId, kind),
    };
  }
}

function limitInMicros(creditLimit: number | null | undefined): { creditLimit?: number | null } {
  if (creditLimit === undefined) return {};
  return { creditLimit: creditLimit === null ? null : microsFromCents(creditLimit)! };
}
