import { ApiError, invalidRequest } from '@tollgate/contracts';
import { microsFromCents, type Charge, type CustomItem, type Refund } from '@tollgate/domain';
import type { FastifyRequest } from 'fastify';
import {
  idempotencyKeyOf,
  type CommandFactory,
  type CommandOrigin,
} from '../commands/command-factory';
import type { AccountCaller } from '../http/caller';
import type { ChargeBody, RefundBody } from './charge.schemas';

type Path = readonly (string | number)[];

/** Turns request bodies into commands of the account that asks. */
export class ChargeCommands {
  constructor(private readonly factory: CommandFactory) {}

  charge(request: FastifyRequest, caller: AccountCaller, body: ChargeBody): Charge {
    const key = body.idempotencyKey ?? idempotencyKeyOf(request);
    return chargeOf(this.origin(request, caller), caller.accountId, { body, key, path: [] });
  }

  /** In a batch each charge has a key of its own, or none; the header's would be one for all. */
  batch(
    request: FastifyRequest,
    caller: AccountCaller,
    bodies: readonly ChargeBody[],
  ): readonly Charge[] {
    const origin = this.origin(request, caller);
    return bodies.map((body, place) => {
      const path = ['charges', place];
      return chargeOf(origin, caller.accountId, { body, key: body.idempotencyKey, path });
    });
  }

  refund(
    request: FastifyRequest,
    caller: AccountCaller,
    { body, chargeId }: { readonly body: RefundBody; readonly chargeId: string },
  ): Refund {
    const { accountId } = caller;
    const { amount, reason } = body;
    const metadata = this.origin(request, caller).metadata({
      idempotencyKey: body.idempotencyKey ?? idempotencyKeyOf(request),
      content: () => contentOf(`refund ${chargeId}`, amount, reason),
    });
    return {
      ...metadata,
      type: 'Refund',
      data: {
        accountId,
        chargeId,
        ...(amount === undefined ? {} : { amount: exactMicros(amount, []) }),
        ...(reason === undefined ? {} : { reason }),
      },
    };
  }

  private origin(request: FastifyRequest, caller: AccountCaller): CommandOrigin {
    const { accountId: scope, teamId, keyId } = caller;
    return this.factory.origin({ request, teamId, keyId, scope });
  }
}

interface ChargeRequest {
  readonly body: ChargeBody;
  readonly key: string | undefined;
  readonly path: Path;
}

/** The hottest lines of the gateway: they run for every charge of a batch. */
function chargeOf(
  origin: CommandOrigin,
  accountId: string,
  { body, key, path }: ChargeRequest,
): Charge {
  const amount = exactMicros(body.amount, path);
  const metadata = origin.metadata({
    idempotencyKey: key,
    content: () => contentOf('charge', body.amount, body.description, body.reference),
  });
  const data = { accountId, amount, item: itemOf(body) };
  return Object.assign(metadata, { type: 'Charge' as const, data });
}

/** Test keys can try everything but move money. @throws ApiError forbidden */
export function refuseTestKey({ environment }: AccountCaller): void {
  if (environment === 'live') return;
  throw new ApiError('forbidden', 'Test API keys cannot charge or refund.');
}

function itemOf({ description, reference }: ChargeBody): CustomItem {
  const item: { -readonly [Name in keyof CustomItem]: CustomItem[Name] } = { type: 'custom' };
  if (reference !== undefined) item.reference = reference;
  if (description !== undefined) item.description = description;
  return item;
}

function exactMicros(cents: number, path: Path): number {
  const micros = microsFromCents(cents);
  if (micros !== undefined) return micros;
  const message = 'must be an amount in cents with at most four decimals';
  throw invalidRequest([{ path: [...path, 'amount'], message }]);
}

function contentOf(what: string, ...parts: readonly (string | number | undefined)[]): string {
  return `${what}\n${JSON.stringify(parts)}`;
}
