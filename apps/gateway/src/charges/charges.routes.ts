import type { AccountCharged } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CommandGate } from '../commands/command-gate';
import { eventOf } from '../commands/gate';
import { accountCaller, type AccountCaller } from '../http/caller';
import { sayReplayed } from '../http/replays';
import { refuseTestKey, type ChargeCommands } from './charge-commands';
import {
  chargeAnswer,
  chargeBatchAnswer,
  chargeBatchBody,
  chargeBody,
  refundAnswer,
  refundBody,
  type ChargeBody,
  type RefundBody,
} from './charge.schemas';
import { chargeView, refundView, type ChargeView, type RefundView } from './charge.view';

const BATCH_BODY_LIMIT = 2 * 1024 * 1024;

export const CHARGES_PATH = '/billing/v1/charges';

export interface ChargeRoutesOptions {
  readonly commands: ChargeCommands;
  readonly gate: CommandGate;
}

type BatchResult =
  | { readonly status: 'accepted'; readonly charge: ChargeView }
  | {
      /** Unknown when the log did not say whether it took the charge: ask again by its key. */
      readonly status: 'refused' | 'unknown';
      readonly code: string;
      readonly message: string;
      readonly details?: object;
    };

/**
 * Charges by other producers. These routes are Fastify's own, with compiled schemas: a third of a
 * single charge's time would otherwise go into Nest's pipeline (see the bench).
 */
export function chargeRoutes(server: FastifyInstance, options: ChargeRoutesOptions): void {
  const { commands, gate } = options;

  async function charge(request: FastifyRequest, reply: FastifyReply): Promise<object> {
    const caller = spender(request);
    const command = commands.charge(request, caller, request.body as ChargeBody);
    const accepted = await gate.accept(command);
    sayReplayed(reply, accepted);
    reply.code(201);
    return { charge: chargeView(eventOf(accepted, 'AccountCharged'), accepted.at) };
  }

  async function chargeBatch(request: FastifyRequest): Promise<{ results: BatchResult[] }> {
    const caller = spender(request);
    const { charges } = request.body as { charges: readonly ChargeBody[] };
    const batch = commands.batch(request, caller, charges);
    const outcomes = await gate.submit(caller.teamId, batch);
    return { results: outcomes.map((outcome) => resultOf(outcome, gate)) };
  }

  async function refund(request: FastifyRequest, reply: FastifyReply): Promise<object> {
    const { id: chargeId } = request.params as { id: string };
    const body = request.body as RefundBody;
    const command = commands.refund(request, spender(request), { body, chargeId });
    const accepted = await gate.accept(command);
    sayReplayed(reply, accepted);
    reply.code(201);
    const view: RefundView = refundView(eventOf(accepted, 'ChargeRefunded'), accepted.at);
    return { refund: view };
  }

  // Before bodies are validated: who may not charge learns nothing about how it is done.
  server.addHook('onRequest', async (request) => void spender(request));
  server.post(
    CHARGES_PATH,
    { schema: { body: chargeBody, response: { 201: chargeAnswer } } },
    charge,
  );
  server.post(
    `${CHARGES_PATH}/batch`,
    {
      bodyLimit: BATCH_BODY_LIMIT,
      schema: { body: chargeBatchBody, response: { 200: chargeBatchAnswer } },
    },
    chargeBatch,
  );
  server.post(
    `${CHARGES_PATH}/:id/refunds`,
    { schema: { body: refundBody, response: { 201: refundAnswer } } },
    refund,
  );
}

function spender(request: FastifyRequest): AccountCaller {
  const caller = accountCaller(request);
  refuseTestKey(caller);
  return caller;
}

function resultOf(outcome: Outcome, gate: CommandGate): BatchResult {
  if (outcome.status !== 'accepted') {
    const status = outcome.status === 'unknown' ? 'unknown' : 'refused';
    return { status, ...gate.errorOf(outcome).body };
  }
  const event: AccountCharged = eventOf(outcome, 'AccountCharged');
  return { status: 'accepted', charge: chargeView(event, outcome.at) };
}
