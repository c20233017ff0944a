import { Cast, type Account, type Key, type Team } from './cast';
import { OPERATOR_KEY, type GatewayWorld } from './world';

export const CALLERS = [
  'none',
  'operator',
  'revoked',
  'stranger',
  'strangerSub',
  'sibling',
  'test',
  'own',
  'main',
] as const;

export type Caller = (typeof CALLERS)[number];

/** Two teams with everything in them that a key might see and should not. */
export class TwoTeams {
  private constructor(
    readonly team: Team,
    readonly victim: Account,
    private readonly parts: {
      readonly revoked: Key;
      readonly test: Key;
      readonly sibling: Account;
      readonly other: Team;
      readonly otherSub: Account;
      readonly messageId: string;
      readonly chargeId: string;
      readonly siblingMessageId: string;
    },
  ) {}

  static async in(world: GatewayWorld): Promise<TwoTeams> {
    const cast = new Cast(world);
    const team = await cast.team('Team of the victim');
    const victim = await cast.account(team, {
      name: 'Name of the victim',
      externalId: 'external id of the victim',
      metadata: { note: 'metadata of the victim' },
      creditLimit: 54_321,
    });
    const sibling = await cast.account(team, { name: 'Name of the sibling' });
    const other = await cast.team('Team of the stranger');
    const revoked = await cast.key(team, victim.id);
    await cast.revoke(team, victim.id, revoked.id);
    return new TwoTeams(team, victim, {
      revoked,
      test: await cast.key(team, victim.id, 'test'),
      sibling,
      other,
      otherSub: await cast.account(other, { name: 'Name of the other sub-account' }),
      messageId: await cast.message(victim.key),
      chargeId: await cast.charge(victim.key, 123.4567),
      siblingMessageId: await cast.message(sibling.key),
    });
  }

  key(caller: Caller): string | undefined {
    const { revoked, test, sibling, other, otherSub } = this.parts;
    switch (caller) {
      case 'none':
        return undefined;
      case 'operator':
        return OPERATOR_KEY;
      case 'revoked':
        return revoked.secret;
      case 'stranger':
        return other.main.key.secret;
      case 'strangerSub':
        return otherSub.key.secret;
      case 'sibling':
        return sibling.key.secret;
      case 'test':
        return test.secret;
      case 'own':
        return this.victim.key.secret;
      case 'main':
        return this.team.main.key.secret;
    }
  }

  /** A URL that points at what is the victim's. */
  url(path: string): string {
    const isOperator = path.startsWith('/operator/');
    const keyId = isOperator ? this.team.main.key.id : this.victim.key.id;
    return path.replace('{id}', this.idIn(path)).replace('{keyId}', keyId);
  }

  private idIn(path: string): string {
    if (path.startsWith('/operator/')) return this.team.id;
    if (path.startsWith('/v1/messages/')) return this.parts.messageId;
    return path.startsWith('/billing/') ? this.parts.chargeId : this.victim.id;
  }

  /** What no answer to this caller may contain. */
  hiddenFrom(caller: Caller): string[] {
    switch (caller) {
      case 'operator':
        return [...this.sent(), ...this.ofVictim(), ...this.ofStranger()];
      case 'none':
      case 'revoked':
        return [...this.sent(), ...this.ofVictim(), ...this.ofTeam(), ...this.ofStranger()];
      case 'stranger':
      case 'strangerSub':
        return [...this.sent(), ...this.ofVictim(), ...this.ofTeam()];
      case 'sibling':
        return [...this.sent(), ...this.ofVictim(), ...this.ofMain(), ...this.ofStranger()];
      case 'test':
      case 'own':
        return [...this.ofSibling(), ...this.ofMain(), ...this.ofStranger()];
      case 'main':
        return [...this.sent(), this.parts.siblingMessageId, ...this.ofStranger()];
    }
  }

  /** Messages and charges are the account's own business, not even the main account's. */
  private sent(): string[] {
    return [this.parts.messageId, this.parts.chargeId, '123.4567', '1234567'];
  }

  private ofVictim(): string[] {
    const { victim, parts } = this;
    const keys = [victim.key, parts.test, parts.revoked];
    const texts = ['Name of the victim', 'external id of the victim', 'metadata of the victim'];
    return [victim.id, '54321', ...texts, ...keys.flatMap(({ id, secret }) => [id, secret])];
  }

  private ofSibling(): string[] {
    const { sibling, siblingMessageId } = this.parts;
    return [sibling.id, sibling.key.id, sibling.key.secret, siblingMessageId, 'of the sibling'];
  }

  private ofMain(): string[] {
    const { id, key } = this.team.main;
    return [id, key.id, key.secret];
  }

  private ofTeam(): string[] {
    return [this.team.id, this.team.name, ...this.ofMain(), ...this.ofSibling()];
  }

  private ofStranger(): string[] {
    const { other, otherSub } = this.parts;
    return [other.main.key.secret, otherSub.id, otherSub.key.id, otherSub.key.secret];
  }
}
