const E164 = /^\+[\d\s()./-]+$/;
const NOT_A_DIGIT = /\D/g;

/**
 * One form for all ways to write the same identifier: without blanks around it, e-mail addresses
 * in small letters, phone numbers (which begin with `+`; a chat id does not) as `+` and digits.
 */
export function normalIdentifier(identifier: string): string {
  const trimmed = identifier.trim();
  if (trimmed.includes('@')) return trimmed.toLowerCase();
  return E164.test(trimmed) ? `+${trimmed.replace(NOT_A_DIGIT, '')}` : trimmed;
}
