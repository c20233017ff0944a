import type { StopSignal } from '@tollgate/follower';
import { ChargedMessages } from './charged-messages';
import { envelopeOf, recipientOf } from './envelope';
import type { WebhookOptions } from './options';
import type { WebhookPorts } from './ports';
import { Receivers, hostOf } from './receivers';
import { isTooOld } from './retry-plan';
import { Turns } from './turns';
import type { WebhookEvent } from './webhook-event';

/** What became of one attempt. */
export type AttemptResult =
  | { readonly status: 'delivered' }
  /** Nobody is to be told, or not any more. */
  | { readonly status: 'dropped' }
  /** It happened too long ago to be told now. */
  | { readonly status: 'expired' }
  /** The receiver was called, and did not take it. */
  | { readonly status: 'failed'; readonly reason: string }
  /** The receiver was not called, for reasons that may pass. */
  | { readonly status: 'postponed'; readonly reason: string };

/** Tells receivers of events, once each time it is asked to. */
export class Attempts {
  private readonly receivers: Receivers;
  private readonly messages: ChargedMessages;
  private readonly turns: Turns;

  constructor(
    private readonly ports: WebhookPorts,
    private readonly options: WebhookOptions,
    private readonly stopping: StopSignal,
  ) {
    this.receivers = new Receivers(ports.readModels);
    this.messages = new ChargedMessages(ports.events);
    this.turns = new Turns(options);
  }

  /** What an order says is asked for again soon. */
  note({ chargeId, item }: WebhookEvent): void {
    if (item !== undefined) this.messages.note(chargeId, item);
  }

  /** Nobody who waits for a call is called any more. */
  close(): void {
    this.turns.close();
  }

  /**
   * @throws WorkStopped before the receiver was called.
   * @throws Error something that is needed is away.
   */
  async make(event: WebhookEvent): Promise<AttemptResult> {
    this.stopping.throwIfRaised();
    const { clock } = this.ports;
    if (isTooOld(event.at, clock.now())) return { status: 'expired' };
    const known = this.receivers.know(event, this.options.shownMs);
    if (!(await this.stopping.interrupt(known))) return postponed('the message is not shown yet');
    const webhook = await this.receivers.find(event);
    if (webhook === undefined) return { status: 'dropped' };
    const turn = await this.turns.take({ host: hostOf(webhook), accountId: event.accountId });
    this.stopping.throwIfRaised();
    if (turn === undefined) return postponed('the receiver is busy');
    try {
      return await this.tell(event);
    } finally {
      turn();
    }
  }

  /** Waiting for a turn takes time: what the sender says and who is erased is looked at now. */
  private async tell(event: WebhookEvent): Promise<AttemptResult> {
    const { log, sealing, clock, webhookClient, webhookSecretOf } = this.ports;
    const [webhook, message] = await Promise.all([
      this.receivers.find(event),
      this.messages.find(event),
    ]);
    if (message === undefined) log.error('a message has no charge', { eventId: event.id });
    if (webhook === undefined || message === undefined) return { status: 'dropped' };
    const body = envelopeOf(event, message, await recipientOf(message, sealing));
    this.stopping.throwIfRaised();
    const { url, signatureVersion, secretVersion } = webhook;
    const secret = webhookSecretOf(event.senderId, secretVersion);
    const at = clock.now();
    const answer = await webhookClient.post({ url, body, secret, signatureVersion, at });
    if (answer.isDelivered) return { status: 'delivered' };
    return { status: 'failed', reason: answer.reason };
  }
}

function postponed(reason: string): AttemptResult {
  return { status: 'postponed', reason };
}
