import type { Account, Cast } from './cast';

let accounts = 0;

/** Everything that an account can have, each with a name that nothing else has. */
export class Belongings {
  private constructor(
    private readonly ids: {
      readonly message: string;
      readonly charge: string;
      readonly contact: string;
      readonly source: string;
      readonly channel: string;
      readonly sender: string;
      readonly number: string;
    },
    private readonly others: {
      readonly name: string;
      /** Of the contact. */
      readonly phone: string;
      readonly ownNumber: string;
      /** Cents. */
      readonly charged: number;
    },
  ) {}

  static async of({ key }: Account, name: string, cast: Cast): Promise<Belongings> {
    accounts += 1;
    const phone = `+1303555${String(accounts).padStart(4, '0')}`;
    const contact = await cast.contact(key, contactOf(name, phone));
    const source = await cast.contact(key, {
      channels: [{ channel: 'telegram', identifier: String(accounts) }],
    });
    await cast.sender(key, { name: `Default sender of the ${name}` });
    const number = await cast.number(key);
    const charged = Number((100.4567 + accounts).toFixed(4));
    const ids = {
      message: await cast.email(key),
      charge: await cast.charge(key, charged),
      contact: contact.id,
      source: source.id,
      channel: contact.channels[1]!.id,
      sender: await cast.sender(key, senderOf(name)),
      number: number.id,
    };
    return new Belongings(ids, { name, phone, ownNumber: number.phoneNumber, charged });
  }

  /** The id that a path to one of these has to have. */
  idIn(path: string): string | undefined {
    const { message, charge, contact, sender, number } = this.ids;
    const kinds = {
      '/v1/messages/': message,
      '/billing/': charge,
      '/v1/contacts/': contact,
      '/v1/senders/': sender,
      '/v1/phone-numbers/': number,
    };
    return Object.entries(kinds).find(([prefix]) => path.startsWith(prefix))?.[1];
  }

  /** A contact that can be merged into the other. */
  get sourceContactId(): string {
    return this.ids.source;
  }

  /** The ids of all of it, and the contact's phone. */
  get all(): readonly string[] {
    return [...Object.values(this.ids), this.others.phone];
  }

  get channelId(): string {
    return this.ids.channel;
  }

  get phone(): string {
    return this.others.phone;
  }

  get phoneNumber(): string {
    return this.others.ownNumber;
  }

  get senderId(): string {
    return this.ids.sender;
  }

  get numberId(): string {
    return this.ids.number;
  }

  /** What shows any of it. */
  get texts(): string[] {
    const { name, phone, ownNumber, charged } = this.others;
    const things = ['Contact', 'Sender', 'Default sender', 'address', 'note'];
    const texts = things.map((thing) => `${thing} of the ${name}`);
    const addresses = [phone, ownNumber, phone.slice(1), `${name}@example.com`];
    const amounts = [String(charged), String(Math.round(charged * 10_000))];
    return [...Object.values(this.ids), ...addresses, ...texts, ...amounts];
  }
}

function contactOf(name: string, phone: string): object {
  return {
    displayName: `Contact of the ${name}`,
    metadata: { note: `note of the ${name}` },
    channels: [
      { channel: 'sms', identifier: phone, label: `address of the ${name}` },
      { channel: 'whatsapp', identifier: phone },
      { channel: 'email', identifier: `${name}@example.com` },
    ],
  };
}

function senderOf(name: string): object {
  const webhookUrl = 'https://hooks.example.com';
  return { name: `Sender of the ${name}`, webhookUrl, emailAddress: `${name}@example.com` };
}
