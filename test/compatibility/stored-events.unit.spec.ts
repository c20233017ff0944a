import fs from 'node:fs';
import path from 'node:path';
import {
  currentVersion,
  decodeEvent,
  encodeEvent,
  linkIn,
  withLink,
  type DecodedMetadata,
  type StoredDomainEvent,
} from '@tollgate/contracts';

/*
 * Goal: a log written by any release can be read by this one, and what this one writes is what it
 * says. Method: events as they were stored, byte for byte, one file a type and schema version. An
 * example is never changed; a new version of a type gets a new file.
 *
 * A field that may be absent leaves the version as it is, and gets a further example: what was
 * stored without it means what it meant, so that there is nothing to upcast. So it is with the
 * sealed form of message items, with items of another type, and with the sender and the charge of
 * a message: the fold of a team takes an item as it comes, and whoever delivers has both forms.
 */

type StoredType = StoredDomainEvent['type'];

interface Example {
  readonly name: string;
  readonly stored: { readonly data: string; readonly metadata: string };
  readonly decoded: { readonly data: unknown; readonly metadata: DecodedMetadata };
}

interface Golden {
  readonly type: StoredType;
  readonly version: number;
  readonly examples: readonly Example[];
}

/** By type, the number of schema versions; a type that is missing here does not compile. */
const versions: Readonly<Record<StoredType, number>> = {
  TeamOpened: 1,
  BalanceToppedUp: 1,
  BalanceAdjusted: 1,
  SubAccountCreated: 1,
  SubAccountUpdated: 1,
  CreditLimitSet: 1,
  SubAccountSuspended: 1,
  SubAccountReactivated: 1,
  SubAccountDeactivated: 1,
  ApiKeyIssued: 1,
  ApiKeyRevoked: 1,
  AccountCharged: 1,
  ChargeRefunded: 1,
  MessageSent: 1,
  MessageDelivered: 1,
  MessageFailed: 1,
  ContactCreated: 1,
  ContactUpdated: 1,
  ContactChannelAdded: 1,
  ContactChannelUpdated: 1,
  PrimaryChannelSet: 1,
  ContactChannelRemoved: 1,
  ContactsMerged: 1,
  ContactDeleted: 1,
  SenderCreated: 1,
  SenderUpdated: 1,
  DefaultSenderSet: 1,
  SenderDeleted: 1,
  WebhookSecretRegenerated: 1,
  NumberAdded: 1,
  NumberRenamed: 1,
  NumberAssigned: 1,
  NumberRenewed: 1,
  NumberSuspended: 1,
  NumberReleased: 1,
  NumberClaimed: 1,
  NumberClaimReleased: 1,
};

const folder = path.join(__dirname, 'stored-events');
const expectedFiles = Object.entries(versions).flatMap(([type, count]) =>
  Array.from({ length: count }, (_, index) => `${type}.v${index + 1}.json`),
);

const goldens = fs
  .readdirSync(folder)
  .map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Golden);
const rows = goldens.flatMap(({ type, version, examples }) =>
  examples.map((example) => ({ type, version, ...example })),
);
const currentRows = rows.filter(({ type, version }) => version === currentVersion(type));

describe('the golden files', () => {
  it('are there for every version of every stored event, and for nothing else', () => {
    expect(fs.readdirSync(folder).sort()).toEqual([...expectedFiles].sort());
    const named = goldens.map(({ type, version }) => `${type}.v${version}.json`);
    expect(named.sort()).toEqual([...expectedFiles].sort());
  });

  it('end at the current version', () => {
    for (const [type, count] of Object.entries(versions)) expect(currentVersion(type)).toBe(count);
  });

  it('hold an example each', () => {
    for (const { examples } of goldens) expect(examples.length).toBeGreaterThan(0);
  });
});

describe('an event as it was stored', () => {
  it.each(rows)('decodes: $type v$version, $name', ({ type, stored, decoded }) => {
    const { event, metadata } = decodeEvent({ type, ...stored });
    expect(event).toStrictEqual({ type, data: decoded.data });
    expect(metadata).toEqual(decoded.metadata);
  });

  it.each(currentRows)('is stored so today: $type, $name', ({ type, stored, decoded }) => {
    const event = { type, data: decoded.data } as StoredDomainEvent;
    const encoded = encodeEvent(event, decoded.metadata, 3);
    const link = linkIn(stored.metadata);
    expect(encoded.id).toBe(`${decoded.metadata.commandId}/3`);
    expect(encoded.type).toBe(type);
    expect(encoded.data).toBe(stored.data);
    expect(link === undefined ? encoded.metadata : withLink(encoded.metadata, link)).toBe(
      stored.metadata,
    );
  });
});
