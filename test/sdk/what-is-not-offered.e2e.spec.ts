import Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { strangerOn } from './support/accounts';
import { errorOf, stageOn } from './support/clients';
import { expectRefused, unauthorized } from './support/refusals';

jest.setTimeout(120_000);

/** All that this version offers; the rest of the client is answered with 404. */
const OFFERED = [
  'balance.retrieve',
  'contacts.channels.add',
  'contacts.channels.remove',
  'contacts.channels.setPrimary',
  'contacts.channels.update',
  'contacts.create',
  'contacts.delete',
  'contacts.list',
  'contacts.merge',
  'contacts.retrieve',
  'contacts.retrieveByPhone',
  'contacts.update',
  'introspect.validatePhone',
  'me.retrieve',
  'messages.list',
  'messages.listAttachments',
  'messages.retrieve',
  'messages.send',
  'phoneNumbers.list',
  'phoneNumbers.purchase',
  'phoneNumbers.release',
  'phoneNumbers.requirements',
  'phoneNumbers.retrieve',
  'phoneNumbers.searchAvailable',
  'phoneNumbers.update',
  'senders.create',
  'senders.delete',
  'senders.list',
  'senders.regenerateWebhookSecret',
  'senders.retrieve',
  'senders.update',
  'subAccounts.apiKeys.create',
  'subAccounts.apiKeys.list',
  'subAccounts.apiKeys.revoke',
  'subAccounts.create',
  'subAccounts.deactivate',
  'subAccounts.getBalance',
  'subAccounts.list',
  'subAccounts.retrieve',
  'subAccounts.update',
];

/** What everything else is said to be, by how the names of its methods begin. */
const SUBJECTS: Readonly<Record<string, string>> = {
  addresses: 'Addresses are',
  agentTemplates: 'Agent templates are',
  agents: 'Agents are',
  broadcasts: 'Broadcasts are',
  calls: 'Calls are',
  conversations: 'Conversations are',
  emailDomains: 'E-mail domains are',
  functions: 'Functions are',
  'introspect.validateEmail': 'E-mail introspection is',
  invitations: 'Invitations are',
  'messages.react': 'Reactions are',
  'messages.showTyping': 'Typing indicators are',
  number10dlc: '10DLC registration is',
  regulatoryDocuments: 'Regulatory documents are',
  'senders.agent': 'Agents of senders are',
  'senders.getProfile': 'WhatsApp Business profiles are',
  'senders.telegram': 'Telegram is',
  'senders.updateProfile': 'WhatsApp Business profiles are',
  'senders.uploadProfilePicture': 'WhatsApp Business profiles are',
  'senders.whatsappSync': 'WhatsApp synchronisation is',
  templates: 'Templates are',
  urls: 'URL verification is',
};

type Call = (...args: unknown[]) => Promise<unknown>;
type Method = readonly [name: string, call: () => Promise<unknown>];

/** Parameters that have an id wherever the client looks for one, and no field to send. */
const anyParameters = new Proxy({}, { get: (_, name) => (isId(name) ? 'x' : undefined) });

const isId = (name: string | symbol): boolean =>
  typeof name === 'string' && /^(id|\w+(Id|ID))$/.test(name);

/** Every method of the client, ready to be called. */
function methodsOf(resource: object, path: string): Method[] {
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(resource) as object)
    .filter((name) => name !== 'constructor')
    .map((name): Method => {
      const call = (resource as Record<string, Call>)[name]!;
      return [`${path}${name}`, () => call.apply(resource, argumentsOf(call))];
    });
  return [...own, ...resourcesOf(resource, path)];
}

function resourcesOf(holder: object, path: string): Method[] {
  return Object.entries(holder)
    .filter(([name, value]) => name !== '_client' && isResource(value))
    .flatMap(([name, value]) => methodsOf(value as object, `${path}${name}.`));
}

const isResource = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && '_client' in value;

/** By the names that the client's own code gives them: ids, then parameters, then options. */
function argumentsOf(call: Call): unknown[] {
  const [, list = ''] = /^\w+\(([^)]*)\)/.exec(call.toString()) ?? [];
  return list.split(',').map((parameter) => {
    const name = parameter.trim().split(' ')[0]!;
    if (name === 'options') return undefined;
    return ['params', 'body', 'query'].includes(name) ? anyParameters : 'x';
  });
}

describe('the rest of the official client', () => {
  let system: System;
  let methods: Method[];

  beforeAll(async () => {
    system = await System.start();
    const { main } = await stageOn(system);
    methods = resourcesOf(main, '').sort(([left], [right]) => (left < right ? -1 : 1));
  });

  afterAll(() => system.end());

  it('is found by this test, and so is what is offered', () => {
    const names = methods.map(([name]) => name);
    expect(names.filter((name) => OFFERED.includes(name))).toEqual(OFFERED);
    expect(names).toEqual(expect.arrayContaining(['contacts.channels.setPrimary']));
    expect(names.length).toBeGreaterThan(120);
  });

  it('is answered with a flat 404 that says so, which the client does not try again', async () => {
    const rest = methods.filter(([name]) => !OFFERED.includes(name));
    const answered = await Promise.all(
      rest.map(async ([name, call]) => {
        const error = await errorOf(Promise.resolve().then(call));
        const isNotFound = error instanceof Zavudev.NotFoundError;
        return { name, isNotFound, body: error.error };
      }),
    );
    expect(answered).toEqual(
      rest.map(([name]) => {
        const message = `${subjectOf(name)} not offered by Tollgate.`;
        return { name, isNotFound: true, body: { code: 'not_found', message } };
      }),
    );
  });

  it('is answered with 401 to a key that nobody has', async () => {
    const stranger = strangerOn(system);
    for (const call of [() => stranger.templates.list(), () => stranger.calls.list()]) {
      await expectRefused(call(), unauthorized);
    }
  });
});

function subjectOf(method: string): string | undefined {
  const name = Object.keys(SUBJECTS).find((each) => `${method}.`.startsWith(`${each}.`));
  return name === undefined ? undefined : SUBJECTS[name];
}
