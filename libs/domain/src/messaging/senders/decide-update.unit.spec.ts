import {
  givenSenders,
  numberAdded,
  numberId,
  otherSenderId,
  regenerateSecret,
  senderCreated,
  senderId,
  updateSender,
} from '@tollgate/testing';
import {
  WEBHOOK_EVENTS,
  type SenderEvent,
  type SenderUpdated,
  type SenderWebhook,
  type SignatureVersion,
} from './index';

const updated = (data: Omit<SenderUpdated['data'], 'senderId'>): SenderUpdated => {
  return { type: 'SenderUpdated', data: { senderId, ...data } };
};
const another = senderCreated({ senderId: otherSenderId, isDefault: false });

describe('updating a sender', () => {
  it('says what changes, and only that', () => {
    const changes = { name: 'Acme again', smsOneway: true, email: { domainId: 'dom_1' } };
    givenSenders(senderCreated()).when(updateSender(changes)).then(updated(changes));
    givenSenders(senderCreated())
      .when(updateSender({ name: 'Acme again', voice: false, webhook: null }))
      .then(updated({ name: 'Acme again' }));
  });

  it('says nothing when nothing changes', () => {
    givenSenders(senderCreated()).when(updateSender({})).thenNothing();
    givenSenders(senderCreated())
      .when(updateSender({ voice: false, webhook: null, setAsDefault: true }))
      .thenNothing();
  });

  it('moves the default to it', () => {
    const senderId = otherSenderId;
    const set: SenderEvent = { type: 'DefaultSenderSet', data: { senderId } };
    givenSenders(senderCreated(), another)
      .when(updateSender({ senderId, setAsDefault: true }))
      .then(set);
    givenSenders(senderCreated(), another)
      .when(updateSender({ senderId, setAsDefault: true, name: 'B' }))
      .then({ type: 'SenderUpdated', data: { senderId, name: 'B' } }, set);
  });

  it('never leaves the account without a default', () => {
    givenSenders(senderCreated(), another)
      .when(updateSender({ setAsDefault: false }))
      .thenNothing();
  });

  it('turns voice on and off for a sender with a number', () => {
    const caller = [numberAdded(), senderCreated({ numberId })];
    givenSenders(...caller)
      .when(updateSender({ voice: true }))
      .then(updated({ voice: true }));
    givenSenders(...caller, updated({ voice: true }))
      .when(updateSender({ voice: false }))
      .then(updated({ voice: false }));
    givenSenders(senderCreated())
      .when(updateSender({ voice: true }))
      .thenRefused({ code: 'voice_needs_number' });
  });

  it('finds no sender that is unknown', () => {
    givenSenders(senderCreated())
      .when(updateSender({ senderId: otherSenderId }))
      .thenRefused({ code: 'sender_not_found', senderId: otherSenderId });
  });
});

describe("a sender's webhook", () => {
  const url = 'https://hooks.example.com/acme';
  const webhook: SenderWebhook = {
    url,
    events: WEBHOOK_EVENTS,
    active: true,
    signatureVersion: 'v2',
    secretVersion: 1,
  };
  const sender = senderCreated({ webhook });

  it('begins with an address, and is new in every way', () => {
    givenSenders(senderCreated())
      .when(updateSender({ webhook: { url } }))
      .then(updated({ webhook }));
    const chosen = { url, events: ['message.sent'], active: false } as const;
    givenSenders(senderCreated())
      .when(updateSender({ webhook: { ...chosen, signatureVersion: 'v1' } }))
      .then(updated({ webhook: { ...chosen, signatureVersion: 'v1', secretVersion: 1 } }));
  });

  it.each([
    { url: 'https://hooks.example.com/new' },
    { events: ['message.failed'] },
    { events: [...WEBHOOK_EVENTS].reverse() },
    { active: false },
    { signatureVersion: 'v1+v2' as const },
  ])('keeps its secret and all that %j does not name', (webhookChange) => {
    givenSenders(sender)
      .when(updateSender({ webhook: webhookChange }))
      .then(updated({ webhook: { ...webhook, ...webhookChange } }));
  });

  it('stays as it is when nothing of it changes', () => {
    const { secretVersion: _, ...same } = webhook;
    givenSenders(sender)
      .when(updateSender({ webhook: { ...same, events: [...same.events] } }))
      .thenNothing();
    givenSenders(sender)
      .when(updateSender({ webhook: {} }))
      .thenNothing();
  });

  it('goes when its address is taken away, and comes back with another secret', () => {
    const removed = updated({ webhook: null });
    givenSenders(sender)
      .when(updateSender({ webhook: null }))
      .then(removed);
    givenSenders(sender, removed)
      .when(updateSender({ webhook: { url } }))
      .then(updated({ webhook: { ...webhook, secretVersion: 2 } }));
  });

  it('can be changed only where there is one', () => {
    for (const change of [{ events: ['message.sent'] }, { active: true }, {}]) {
      givenSenders(senderCreated())
        .when(updateSender({ name: 'Acme again', webhook: change }))
        .thenRefused({ code: 'no_webhook' });
    }
  });

  const signedBy = (signatureVersion: SignatureVersion): SenderEvent =>
    senderCreated({ webhook: { ...webhook, signatureVersion } });

  it.each([
    ['v1', 'v1+v2'],
    ['v1+v2', 'v2'],
    ['v2', 'v1+v2'],
    ['v1+v2', 'v1'],
  ] as const)('may be signed by %s and then by %s', (from, to) => {
    givenSenders(signedBy(from))
      .when(updateSender({ webhook: { signatureVersion: to } }))
      .then(updated({ webhook: { ...webhook, signatureVersion: to } }));
  });

  it.each([
    ['v1', 'v2'],
    ['v2', 'v1'],
  ] as const)('may not be signed by %s and at once by %s', (from, to) => {
    givenSenders(signedBy(from))
      .when(updateSender({ webhook: { signatureVersion: to } }))
      .thenRefused({ code: 'signature_step', from, to });
  });

  const regenerated = (secretVersion: number): SenderEvent => {
    return { type: 'WebhookSecretRegenerated', data: { senderId, secretVersion } };
  };

  it('gets another secret when asked', () => {
    givenSenders(sender).when(regenerateSecret()).then(regenerated(2));
    givenSenders(sender, regenerated(2)).when(regenerateSecret()).then(regenerated(3));
    givenSenders(sender, regenerated(2))
      .when(updateSender({ webhook: { active: false } }))
      .then(updated({ webhook: { ...webhook, active: false, secretVersion: 2 } }));
    givenSenders(sender, regenerated(2), updated({ webhook: null }))
      .when(updateSender({ webhook: { url } }))
      .then(updated({ webhook: { ...webhook, secretVersion: 3 } }));
  });

  it('gets no secret where there is none', () => {
    givenSenders(senderCreated()).when(regenerateSecret()).thenRefused({ code: 'no_webhook' });
    givenSenders(sender)
      .when(regenerateSecret({ senderId: otherSenderId }))
      .thenRefused({ code: 'sender_not_found', senderId: otherSenderId });
  });
});
