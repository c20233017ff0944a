import { OPERATOR_KEY, type GatewayWorld } from './world';
import type { Answer, Sent } from './answer';

export interface Key {
  readonly id: string;
  readonly secret: string;
}

export interface Account {
  readonly id: string;
  readonly key: Key;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly main: Account;
}

interface IssuedKey {
  readonly id: string;
  readonly key: string;
}

/** What specs need before they can begin: teams, sub-accounts, keys. */
export class Cast {
  constructor(readonly world: GatewayWorld) {}

  async team(name = 'Acme', openingBalance = 1_000_000): Promise<Team> {
    const { team, apiKey } = await this.made<{
      team: { id: string; mainAccount: { id: string } };
      apiKey: IssuedKey;
    }>({
      method: 'POST',
      url: '/operator/v1/teams',
      key: OPERATOR_KEY,
      body: { name, openingBalance },
    });
    return { id: team.id, name, main: { id: team.mainAccount.id, key: keyOf(apiKey) } };
  }

  async account({ main }: Team, body: object = { name: 'Sub' }): Promise<Account> {
    const key = main.key.secret;
    const { subAccount } = await this.made<{ subAccount: { id: string; apiKey: string } }>({
      method: 'POST',
      url: '/v1/sub-accounts',
      key,
      body,
    });
    const { id, apiKey } = subAccount;
    const listed = await this.world.send<{ items: { id: string }[] }>({
      method: 'GET',
      url: `/v1/sub-accounts/${id}/api-keys`,
      key,
    });
    return { id, key: { id: listed.body.items[0]!.id, secret: apiKey } };
  }

  /** One more key of a sub-account. */
  async key({ main }: Team, accountId: string, environment = 'live'): Promise<Key> {
    const { apiKey } = await this.made<{ apiKey: IssuedKey }>({
      method: 'POST',
      url: `/v1/sub-accounts/${accountId}/api-keys`,
      key: main.key.secret,
      body: { name: 'More', environment },
    });
    return keyOf(apiKey);
  }

  async mainKey({ id }: Team, environment = 'live'): Promise<Key> {
    const { apiKey } = await this.made<{ apiKey: IssuedKey }>({
      method: 'POST',
      url: `/operator/v1/teams/${id}/api-keys`,
      key: OPERATOR_KEY,
      body: { name: 'More', environment },
    });
    return keyOf(apiKey);
  }

  async revoke({ main }: Team, accountId: string, keyId: string): Promise<void> {
    const url = `/v1/sub-accounts/${accountId}/api-keys/${keyId}`;
    const answer = await this.world.send({ method: 'DELETE', url, key: main.key.secret });
    expectStatus(204, answer);
  }

  async message(key: Key): Promise<string> {
    const body = { to: '+14155550123', text: 'Hello' };
    const { message } = await this.made<{ message: { id: string } }>(
      { method: 'POST', url: '/v1/messages', key: key.secret, body },
      202,
    );
    return message.id;
  }

  async charge(key: Key, amount: number): Promise<string> {
    const { charge } = await this.made<{ charge: { id: string } }>({
      method: 'POST',
      url: '/billing/v1/charges',
      key: key.secret,
      body: { amount },
    });
    return charge.id;
  }

  private async made<Body>(sent: Sent, status = 201): Promise<Body> {
    return expectStatus(status, await this.world.send<Body>(sent));
  }
}

/** The body of an answer that must have this status. */
export function expectStatus<Body>(status: number, answer: Answer<Body>): Body {
  if (answer.status === status) return answer.body;
  throw new Error(`${answer.status} instead of ${status}: ${answer.text}`);
}

const keyOf = ({ id, key }: IssuedKey): Key => ({ id, secret: key });
