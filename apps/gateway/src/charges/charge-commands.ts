import { ApiError, invalidRequest } from '@tollgate/contracts';
import { microsFromCents, type Charge, type CustomItem, type Refund } from '@tollgate/domain';
import type { FastifyRequest } from 'fastify';
import { idempotencyKeyOf, type CommandFactory } from '../commands/command-factory';
import type { AccountCaller } from '../http/caller';
import type { ChargeBody, RefundBody } from './charge.schemas';

type Path = readonly (string | number)[];

/** Turns request bodies into commands of the account that asks. */
export class ChargeCommands {
  constructor(private readonly factory: CommandFactory) {}

  charge(
    request: FastifyRequest,
    caller: AccountCaller,
    { body, path = [] }: { readonly body: ChargeBody; readonly path?: Path },
  ): Charge {
    const { accountId, teamId, keyId } = caller;
    const idempotencyKey = body.idempotencyKey ?? headerKey(request, path);
    const amount = exactMicros(body.amount, path);
    const metadata = this.factory.metadata({
      request,
      teamId,
      keyId,
      scope: accountId,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      content: () => contentOf('charge', body.amount, body.description, body.reference),
    });
    return { ...metadata, type: 'Charge', data: { accountId, amount, item: itemOf(body) } };
  }

  refund(
    request: FastifyRequest,
    caller: AccountCaller,
    { body, chargeId }: { readonly body: RefundBody; readonly chargeId: string },
  ): Refund {
    const { accountId, teamId, keyId } = caller;
    const { amount, reason } = body;
    const idempotencyKey = body.idempotencyKey ?? idempotencyKeyOf(request);
    const metadata = this.factory.metadata({
      request,
      teamId,
      keyId,
      scope: accountId,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
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
}

/** Test keys can try everything but move money. @throws ApiError forbidden */
export function refuseTestKey({ environment }: AccountCaller): void {
  if (environment === 'live') return;
  throw new ApiError('forbidden', 'Test API keys cannot charge or refund.');
}

function itemOf({ description, reference }: ChargeBody): CustomItem {
  if (reference === undefined && description === undefined) return { type: 'custom' };
  return {
    type: 'custom',
    ...(reference === undefined ? {} : { reference }),
    ...(description === undefined ? {} : { description }),
  };
}

/** The header's key stands for the whole request; in a batch each charge has its own. */
function headerKey(request: FastifyRequest, path: Path): string | undefined {
  return path.length === 0 ? idempotencyKeyOf(request) : undefined;
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
