import { failureIn, objectIn } from './failure';

/** How many reports one request may bring. */
export const REPORTS_MAX = 100;

const MESSAGE_ID = /^[A-Za-z0-9_]{1,64}$/;
const PROVIDER_MESSAGE_ID_MAX = 200;

/** What a carrier tells later of a message that it took. */
export interface CarrierReport {
  readonly messageId: string;
  /** What the carrier answered when it took the message. */
  readonly providerMessageId: string;
  readonly status: 'delivered' | 'failed';
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** The body is no report, and no list of reports. Nothing of it may be taken. */
export class InvalidReports extends Error {
  override readonly name = 'InvalidReports';
}

/**
 * The reports in a body: one, or a list of 1 to {@link REPORTS_MAX}.
 * @throws InvalidReports
 */
export function parseReports(rawBody: string | Uint8Array): readonly CarrierReport[] {
  const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
  const said = objectIn(text);
  if (said === undefined) throw new InvalidReports('the body must be JSON: a report, or a list');
  const reports: readonly unknown[] = Array.isArray(said) ? said : [said];
  if (reports.length < 1 || reports.length > REPORTS_MAX) {
    throw new InvalidReports(`a list must hold 1 to ${REPORTS_MAX} reports`);
  }
  return reports.map(reportOf);
}

export function isProviderMessageId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= PROVIDER_MESSAGE_ID_MAX;
}

function reportOf(said: unknown, place: number): CarrierReport {
  const { messageId, providerMessageId, status } = (said ?? {}) as Record<string, unknown>;
  if (typeof messageId !== 'string' || !MESSAGE_ID.test(messageId)) {
    throw new InvalidReports(`report ${place}: messageId must be the id of a message`);
  }
  if (!isProviderMessageId(providerMessageId)) {
    const rule = `a text of 1 to ${PROVIDER_MESSAGE_ID_MAX} characters`;
    throw new InvalidReports(`report ${place}: providerMessageId must be ${rule}`);
  }
  if (status !== 'delivered' && status !== 'failed') {
    throw new InvalidReports(`report ${place}: status must be delivered or failed`);
  }
  const failure = status === 'failed' ? failureIn(said as object) : undefined;
  return { messageId, providerMessageId, status, ...failure };
}
