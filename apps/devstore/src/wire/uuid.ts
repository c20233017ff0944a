/** A UUID as two signed numbers of 64 bits, in decimal digits. */
export interface StructuredUuid {
  readonly mostSignificantBits: string;
  readonly leastSignificantBits: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX_DIGITS = 16;

/** In lower case; undefined for what is no UUID. */
export function normalUuid(text: string): string | undefined {
  const lower = text.toLowerCase();
  return UUID.test(lower) ? lower : undefined;
}

export function toStructured(uuid: string): StructuredUuid {
  const hex = uuid.replaceAll('-', '');
  return {
    mostSignificantBits: signed(hex.slice(0, HEX_DIGITS)),
    leastSignificantBits: signed(hex.slice(HEX_DIGITS)),
  };
}

export function fromStructured(uuid: Partial<StructuredUuid>): string {
  const hex = unsigned(uuid.mostSignificantBits) + unsigned(uuid.leastSignificantBits);
  return [0, 8, 12, 16, 20].map((at, index, all) => hex.slice(at, all[index + 1])).join('-');
}

const signed = (hex: string): string => BigInt.asIntN(64, BigInt(`0x${hex}`)).toString();

const unsigned = (decimal = '0'): string =>
  BigInt.asUintN(64, BigInt(decimal)).toString(HEX_DIGITS).padStart(HEX_DIGITS, '0');
