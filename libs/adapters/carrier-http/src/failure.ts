export interface Failure {
  readonly errorCode: string;
  readonly errorMessage: string;
}

const ERROR_CODE_MAX = 100;
const ERROR_MESSAGE_MAX = 1_000;

/** Why a message failed, in the carrier's words; undefined when it gives no code. */
export function failureIn(said: object): Failure | undefined {
  const { errorCode, errorMessage } = said as Record<string, unknown>;
  if (!isText(errorCode)) return undefined;
  const text = isText(errorMessage) ? errorMessage : 'The carrier did not deliver the message.';
  return {
    errorCode: errorCode.trim().slice(0, ERROR_CODE_MAX),
    errorMessage: text.trim().slice(0, ERROR_MESSAGE_MAX),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** The object that a text is in JSON; undefined for anything else. */
export function objectIn(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
