/** What the sandbox lets become of a message. */
export interface SandboxOutcome {
  /** The carrier is away so often, for each message, before it takes it. */
  readonly unavailableTimes: number;
  /** False when the message is refused instead of sent. */
  readonly isSent: boolean;
  /** Wait between sent and the end, when it is not the usual one. */
  readonly endMs?: number;
  /** Why the message fails; absent when it is delivered. */
  readonly failure?: { readonly errorCode: string; readonly errorMessage: string };
}

const delivered: SandboxOutcome = { unavailableTimes: 0, isSent: true };

function failing(errorCode: string, errorMessage: string, isSent: boolean): SandboxOutcome {
  return { unavailableTimes: 0, isSent, failure: { errorCode, errorMessage } };
}

/** The recipients that do not simply get their message. The README shows the same table. */
export const testRecipients: Readonly<Record<string, SandboxOutcome>> = {
  '+15005550001': failing('invalid_number', 'The number does not exist.', false),
  '+15005550002': failing('undelivered', 'The handset could not be reached.', true),
  '+15005550003': { ...delivered, unavailableTimes: 2 },
  '+15005550004': { ...delivered, endMs: 5_000 },
  'bounce@sandbox.test': failing(
    'EMAIL_RECIPIENT_SUPPRESSED',
    'The address is on the suppression list.',
    false,
  ),
};

export function outcomeFor(to: string): SandboxOutcome {
  const recipient = to.trim().toLowerCase();
  return Object.hasOwn(testRecipients, recipient) ? testRecipients[recipient]! : delivered;
}
