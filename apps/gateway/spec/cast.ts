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

export interface Contact {
  readonly id: string;
  readonly channels: readonly { readonly id: string }[];
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

  async email(key: Key): Promise<string> {
    const attachments = [{ filename: 'a.txt', content: 'aGVsbG8=' }];
    const text = { subject: 'A subject', text: 'Hello' };
    const body = { to: 'ada@example.com', channel: 'email', ...text, attachments };
    const { message } = await this.made<{ message: { id: string } }>(
      { method: 'POST', url: '/v1/messages', key: key.secret, body },
      202,
    );
    return message.id;
  }

  contact(key: Key, body: object): Promise<Contact> {
    return this.made<Contact>({ method: 'POST', url: '/v1/contacts', key: key.secret, body });
  }

  async sender(key: Key, body: object = { name: 'Sender' }): Promise<string> {
    const made = { method: 'POST', url: '/v1/senders', key: key.secret, body };
    return (await this.made<{ id: string }>(made)).id;
  }

  /** The next number of the inventory that nobody has. */
  async number(key: Key): Promise<{ readonly id: string; readonly phoneNumber: string }> {
    const url = '/v1/phone-numbers/available?countryCode=US&limit=1';
    const found = await this.world.send<{ items: { phoneNumber: string }[] }>({
      method: 'GET',
      url,
      key: key.secret,
    });
    const body = { phoneNumber: expectStatus(200, found).items[0]!.phoneNumber };
    const buy = { method: 'POST', url: '/v1/phone-numbers', key: key.secret, body };
    const { phoneNumber } = await this.made<{ phoneNumber: { id: string } }>(buy);
    return { id: phoneNumber.id, ...body };
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
