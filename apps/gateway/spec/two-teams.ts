import { Belongings } from './belongings';
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
      readonly ofVictim: Belongings;
      readonly ofSibling: Belongings;
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
      ofVictim: await Belongings.of(victim, 'victim', cast),
      ofSibling: await Belongings.of(sibling, 'sibling', cast),
    });
  }

  /** What the victim has; the victim's sub-account itself is the main account's. */
  get belongings(): Belongings {
    return this.parts.ofVictim;
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
    const { channelId, phone } = this.belongings;
    return path
      .replace('{id}', this.idIn(path))
      .replace('{keyId}', keyId)
      .replace('{channelId}', channelId)
      .replace('{phoneNumber}', phone);
  }

  private idIn(path: string): string {
    if (path.startsWith('/operator/')) return this.team.id;
    return this.belongings.idIn(path) ?? this.victim.id;
  }

  /** What no answer to this caller may contain. */
  hiddenFrom(caller: Caller): string[] {
    const { ofVictim, ofSibling } = this.parts;
    switch (caller) {
      case 'operator':
        return [...ofVictim.texts, ...this.ofVictim(), ...this.ofStranger()];
      case 'none':
      case 'revoked':
        return [...ofVictim.texts, ...this.ofVictim(), ...this.ofTeam(), ...this.ofStranger()];
      case 'stranger':
      case 'strangerSub':
        return [...ofVictim.texts, ...this.ofVictim(), ...this.ofTeam()];
      case 'sibling':
        return [...ofVictim.texts, ...this.ofVictim(), ...this.ofMain(), ...this.ofStranger()];
      case 'test':
      case 'own':
        return [...this.ofSibling(), ...this.ofMain(), ...this.ofStranger()];
      case 'main':
        // What an account has and does is its own business, not even the main account's.
        return [...ofVictim.texts, ...ofSibling.texts, ...this.ofStranger()];
    }
  }

  private ofVictim(): string[] {
    const { victim, parts } = this;
    const keys = [victim.key, parts.test, parts.revoked];
    const texts = ['Name of the victim', 'external id of the victim', 'metadata of the victim'];
    return [victim.id, '54321', ...texts, ...keys.flatMap(({ id, secret }) => [id, secret])];
  }

  private ofSibling(): string[] {
    const { sibling, ofSibling } = this.parts;
    return [sibling.id, sibling.key.id, sibling.key.secret, 'of the sibling', ...ofSibling.texts];
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
