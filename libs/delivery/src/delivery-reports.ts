import type { MessageRef } from '@tollgate/domain';
import { WrongExpectedRevision, type CarrierUpdate, type Clock, type Log } from '@tollgate/ports';
import { causeIn } from './caused-by';
import { MessageHistory, type HistoryPorts, type Recorded } from './message-history';
import { eventOf, refIn } from './told-by-carrier';

/** What a carrier tells of a message after it took it. */
export interface DeliveryReport {
  readonly messageId: string;
  /** What the carrier called the message when it took it. */
  readonly providerMessageId?: string | undefined;
  readonly status: 'delivered' | 'failed';
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  /** When it happened, Unix ms; taken as no later than now, nor earlier than the sending. */
  readonly at?: number | undefined;
}

/** `unknown_message`: no such message was sent, or not yet; the same report may be right later. */
export type ReportOutcome = Recorded | 'unknown_message';

export interface ReportPorts extends HistoryPorts {
  readonly clock: Clock;
  readonly log: Log;
}

/** A message has three events at most, so that another writer is rarely there twice. */
const TRIES_MAX = 5;

/**
 * Takes the reports of carriers that tell the end of a message later. The end is on stable storage
 * when it is answered; a delivery that follows the log gives the money of failed messages back.
 */
export class DeliveryReports {
  constructor(private readonly ports: ReportPorts) {}

  /**
   * Safe to repeat.
   * @throws AppendOutcomeUnknown | LogUnavailable the same report may be sent again.
   * @throws LogCorrupt
   */
  async record(report: DeliveryReport): Promise<ReportOutcome> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.tryToRecord(report);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || tries === TRIES_MAX) throw error;
      }
    }
  }

  private async tryToRecord(report: DeliveryReport): Promise<ReportOutcome> {
    const history = new MessageHistory(report.messageId, this.ports);
    await history.read();
    const { first, status } = history;
    if (first === undefined || !isOf(history, report)) return this.unknown(report);
    const ref = refIn(first.event);
    // Only who has the order could refund it, and does: no report was to follow in those days.
    if (!history.isFinal && ref.chargeId === undefined) return this.unknown(report);
    const now = this.ports.clock.now();
    const at = Math.min(report.at ?? now, now);
    const recorded = await history.record(endOf(report, ref), causeIn(first.metadata), at);
    if (recorded === 'contradicts') {
      const fields = { messageId: ref.messageId, status, reported: report.status };
      this.ports.log.warn('a delivery report contradicts the end of a message', fields);
    }
    return recorded;
  }

  private unknown({ messageId, providerMessageId }: DeliveryReport): 'unknown_message' {
    const fields = { messageId, providerMessageId };
    this.ports.log.warn('a delivery report is of no message that was sent', fields);
    return 'unknown_message';
  }
}

function isOf({ sent }: MessageHistory, { providerMessageId }: DeliveryReport): boolean {
  if (sent === undefined || providerMessageId === undefined) return true;
  return sent.providerMessageId === providerMessageId;
}

function endOf(report: DeliveryReport, ref: MessageRef): ReturnType<typeof eventOf> {
  return eventOf(updateOf(report), ref);
}

function updateOf({ status, errorCode, errorMessage }: DeliveryReport): CarrierUpdate {
  if (status === 'delivered') return { status };
  return {
    status,
    errorCode: errorCode ?? 'undelivered',
    errorMessage: errorMessage ?? 'The carrier reported that the message was not delivered.',
  };
}
