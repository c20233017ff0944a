import type {
  AddNumber,
  CreateSender,
  RenewNumber,
  SenderCommand,
  UpdateNumber,
  UpdateSender,
  WebhookRequest,
} from '@tollgate/domain';
import type { Expectation } from './contacts-book';

export interface BookedSender {
  readonly senderId: string;
  isDefault: boolean;
  voice: boolean;
  webhook: WebhookRequest | null;
  /** How many secrets its webhooks have had. */
  secrets: number;
}

export interface BookedNumber {
  readonly numberId: string;
  readonly phoneNumber: string;
  readonly chargeId: string;
  senderId: string | null;
  name: string | null;
  paidUntil: number;
  isSuspended: boolean;
}

const SKIPPED_STEPS = ['v1 v2', 'v2 v1'];

/** An account's senders and numbers kept a second time, as two plain tables. */
export class SendersBook {
  senders: BookedSender[] = [];
  numbers: BookedNumber[] = [];
  /** The charges that bought numbers. */
  private readonly everOwned = new Map<string, string>();
  /** Up to when numbers were paid that were given back. */
  private readonly released = new Map<string, number>();

  numberOf(senderId: string): BookedNumber | undefined {
    return this.numbers.find((number) => number.senderId === senderId);
  }

  /** Says what must become of a command that is new, and books it. */
  send(command: SenderCommand): Expectation {
    switch (command.type) {
      case 'CreateSender':
        return this.create(command);
      case 'AddNumber':
        return this.add(command);
      case 'UpdateSender':
      case 'DeleteSender':
      case 'RegenerateWebhookSecret': {
        const { senderId } = command.data;
        const sender = this.senders.find((known) => known.senderId === senderId);
        return sender === undefined ? 'sender_not_found' : this.sendToSender(command, sender);
      }
      default: {
        const { numberId } = command.data;
        const number = this.numbers.find((known) => known.numberId === numberId);
        return number === undefined ? this.sendInVain(command) : this.sendToNumber(command, number);
      }
    }
  }

  private sendInVain(command: SenderCommand): Expectation {
    if (command.type !== 'RenewNumber') return 'number_not_found';
    const { numberId, paidUntil } = command.data;
    return paidUntil <= (this.released.get(numberId) ?? 0) ? 'unchanged' : 'number_not_found';
  }

  private sendToSender(
    command: Extract<SenderCommand, { readonly data: { readonly senderId: string } }>,
    sender: BookedSender,
  ): Expectation {
    switch (command.type) {
      case 'UpdateSender':
        return this.update(command, sender);
      case 'DeleteSender':
        return sender.isDefault ? 'default_sender' : this.remove(sender);
      case 'RegenerateWebhookSecret':
        if (sender.webhook === null) return 'no_webhook';
        sender.secrets += 1;
        return 'changed';
      case 'CreateSender':
        return 'impossible';
    }
  }

  private sendToNumber(
    command: Exclude<
      Extract<SenderCommand, { readonly data: { readonly numberId: string } }>,
      AddNumber
    >,
    number: BookedNumber,
  ): Expectation {
    switch (command.type) {
      case 'UpdateNumber':
        return this.updateNumber(command, number);
      case 'RenewNumber':
        return renew(command, number);
      case 'SuspendNumber':
        if (number.isSuspended) return 'unchanged';
        number.isSuspended = true;
        return 'changed';
      case 'ReleaseNumber':
        if (number.senderId !== null) return 'number_assigned';
        this.numbers = this.numbers.filter((known) => known !== number);
        this.released.set(number.numberId, number.paidUntil);
        return 'changed';
    }
  }

  private create({ data }: CreateSender): Expectation {
    const { senderId, phoneNumber, webhook } = data;
    const refusal = this.refusalOf(data);
    if (refusal !== undefined) return refusal;
    for (const number of this.numbers) {
      if (number.phoneNumber === phoneNumber) number.senderId = senderId;
    }
    const voice = data.voice === true;
    const created = { senderId, isDefault: false, voice, webhook: null, secrets: 0 };
    this.senders.push(created);
    putWebhook(webhook, created);
    if (data.setAsDefault === true || this.senders.length === 1) this.prefer(created);
    return 'changed';
  }

  private refusalOf({ phoneNumber, voice }: CreateSender['data']): string | undefined {
    if (phoneNumber === undefined) return voice === true ? 'voice_needs_number' : undefined;
    const number = this.numbers.find((known) => known.phoneNumber === phoneNumber);
    if (number === undefined) return 'number_not_owned';
    return number.senderId === null ? undefined : 'number_assigned';
  }

  private update({ data }: UpdateSender, sender: BookedSender): Expectation {
    const after = { ...sender, voice: data.voice ?? sender.voice };
    if (data.voice === true && this.numberOf(sender.senderId) === undefined) {
      return 'voice_needs_number';
    }
    const refusal = putWebhook(data.webhook, after);
    if (refusal !== undefined) return refusal;
    const isSame = JSON.stringify(after) === JSON.stringify(sender) && data.name === undefined;
    Object.assign(sender, after);
    if (data.setAsDefault !== true || sender.isDefault) return isSame ? 'unchanged' : 'changed';
    return this.prefer(sender);
  }

  private remove(sender: BookedSender): Expectation {
    const number = this.numberOf(sender.senderId);
    if (number !== undefined) number.senderId = null;
    this.senders = this.senders.filter((known) => known !== sender);
    return 'changed';
  }

  private add({ data }: AddNumber): Expectation {
    const { numberId, phoneNumber, chargeId, paidUntil, name } = data;
    if (this.released.has(numberId)) return 'number_released';
    const paidBy = this.everOwned.get(numberId);
    if (paidBy !== undefined) return paidBy === chargeId ? 'unchanged' : 'number_owned';
    this.everOwned.set(numberId, chargeId);
    const more = { senderId: null, name: name ?? null, paidUntil, isSuspended: false };
    this.numbers.push({ numberId, phoneNumber, chargeId, ...more });
    return 'changed';
  }

  private updateNumber({ data }: UpdateNumber, number: BookedNumber): Expectation {
    const { name = number.name, senderId = number.senderId } = data;
    const refusal = senderId === null ? undefined : this.refusalToCarry(number, senderId);
    if (refusal !== undefined) return refusal;
    const isSame = name === number.name && senderId === number.senderId;
    if (senderId !== number.senderId) this.takeFromSender(number);
    Object.assign(number, { name, senderId });
    return isSame ? 'unchanged' : 'changed';
  }

  private refusalToCarry(number: BookedNumber, senderId: string): string | undefined {
    if (!this.senders.some((known) => known.senderId === senderId)) return 'sender_not_found';
    return (this.numberOf(senderId) ?? number) === number ? undefined : 'sender_has_number';
  }

  private takeFromSender({ senderId }: BookedNumber): void {
    for (const sender of this.senders) {
      if (sender.senderId === senderId) sender.voice = false;
    }
  }

  private prefer(chosen: BookedSender): Expectation {
    for (const sender of this.senders) sender.isDefault = sender === chosen;
    return 'changed';
  }
}

function renew({ data: { paidUntil } }: RenewNumber, number: BookedNumber): Expectation {
  if (paidUntil <= number.paidUntil) return 'unchanged';
  Object.assign(number, { paidUntil, isSuspended: false });
  return 'changed';
}

/** Changes the webhook of a sender, or says why it can't be changed. */
function putWebhook(
  request: WebhookRequest | null | undefined,
  sender: BookedSender,
): string | undefined {
  const before = sender.webhook;
  if (request === undefined) return undefined;
  if (request === null) {
    sender.webhook = null;
    return undefined;
  }
  if (before === null && request.url === undefined) return 'no_webhook';
  if (SKIPPED_STEPS.includes(`${before?.signatureVersion} ${request.signatureVersion}`)) {
    return 'signature_step';
  }
  if (before === null) sender.secrets += 1;
  sender.webhook = { active: true, signatureVersion: 'v2', ...before, ...request };
  return undefined;
}
