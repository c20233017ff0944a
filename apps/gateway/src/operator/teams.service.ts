import { Injectable } from '@nestjs/common';
import {
  centsDown,
  centsExact,
  mainAccountIdOf,
  microsFromCents,
  teamIdOf,
  type CommandMetadata,
} from '@tollgate/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CommandFactory,
  idempotencyKeyOf,
  requiredIdempotencyKey,
} from '../commands/command-factory';
import { CommandGate } from '../commands/command-gate';
import { eventOf } from '../commands/gate';
import { KeyIssuer } from '../commands/key-issuer';
import { sayReplayed } from '../http/replays';
import { issuedKeyView, type IssuedKeyView } from '../v1/api-keys.view';
import type { AdjustBalanceDto, OpenTeamDto, TopUpDto } from './team.dto';
import { teamView, type TeamView } from './team.view';

const FIRST_KEY = { name: 'Default', environment: 'live' } as const;
const KIND = { environment: 'live', isMain: true } as const;

export interface BalanceChangeView {
  readonly id: string;
  /** Cents. */
  readonly amount: number;
  /** Cents, rounded down. */
  readonly balance: number;
  readonly balanceMicros: number;
  readonly createdAt: string;
}

/** The commands behind the operator's routes. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly factory: CommandFactory,
    private readonly gate: CommandGate,
    private readonly keys: KeyIssuer,
  ) {}

  async open(
    request: FastifyRequest,
    { name, openingBalance }: OpenTeamDto,
    reply: FastifyReply,
  ): Promise<{ team: TeamView; apiKey: IssuedKeyView }> {
    const metadata = this.openMetadata(request);
    const accepted = await this.gate.acceptAndShow({
      ...metadata,
      type: 'OpenTeam',
      data: {
        name,
        mainAccountId: mainAccountIdOf(metadata.id),
        ...(openingBalance === undefined
          ? {}
          : { openingBalance: microsFromCents(openingBalance)! }),
        apiKey: this.keys.newKey(true, FIRST_KEY),
      },
    });
    sayReplayed(reply, accepted);
    const { data } = eventOf(accepted, 'TeamOpened');
    const topUp = accepted.events.find((event) => event.type === 'BalanceToppedUp');
    const balance = topUp === undefined ? 0 : topUp.data.balanceAfter;
    const team = teamView({ ...data, id: data.teamId, balance, createdAt: accepted.at });
    const issued = eventOf(accepted, 'ApiKeyIssued');
    const secret = this.keys.secretOf(issued.data.keyId, KIND);
    return { team, apiKey: issuedKeyView(issued, secret) };
  }

  async topUp(
    request: FastifyRequest,
    teamId: string,
    { amount, reference }: TopUpDto,
    reply: FastifyReply,
  ): Promise<BalanceChangeView> {
    const accepted = await this.gate.accept({
      ...this.keyedMetadata(request, teamId),
      type: 'TopUp',
      data: {
        amount: microsFromCents(amount)!,
        ...(reference === undefined ? {} : { reference }),
      },
    });
    sayReplayed(reply, accepted);
    const { data } = eventOf(accepted, 'BalanceToppedUp');
    return changeView({ id: data.topUpId, ...data, at: accepted.at });
  }

  async adjust(
    request: FastifyRequest,
    teamId: string,
    { amount, reason, force = false }: AdjustBalanceDto,
    reply: FastifyReply,
  ): Promise<BalanceChangeView & { readonly reason: string }> {
    const accepted = await this.gate.accept({
      ...this.keyedMetadata(request, teamId),
      type: 'AdjustBalance',
      data: { amount: microsFromCents(amount)!, reason, force },
    });
    sayReplayed(reply, accepted);
    const { data } = eventOf(accepted, 'BalanceAdjusted');
    const view = changeView({ id: data.adjustmentId, ...data, at: accepted.at });
    return { ...view, reason: data.reason };
  }

  /** The new team's id comes from the command's, so a repeat meets the team that it opened. */
  private openMetadata(request: FastifyRequest): CommandMetadata {
    const idempotencyKey = idempotencyKeyOf(request);
    const metadata = this.factory.metadata({
      request,
      teamId: '',
      scope: 'operator',
      idempotencyKey,
    });
    return { ...metadata, teamId: teamIdOf(metadata.id) };
  }

  private keyedMetadata(request: FastifyRequest, teamId: string): CommandMetadata {
    const idempotencyKey = requiredIdempotencyKey(request);
    return this.factory.metadata({ request, teamId, scope: `operator ${teamId}`, idempotencyKey });
  }
}

function changeView(change: {
  readonly id: string;
  readonly amount: number;
  readonly balanceAfter: number;
  readonly at: number;
}): BalanceChangeView {
  return {
    id: change.id,
    amount: centsExact(change.amount),
    balance: centsDown(change.balanceAfter),
    balanceMicros: change.balanceAfter,
    createdAt: new Date(change.at).toISOString(),
  };
}
