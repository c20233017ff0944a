/** One setting that breaks a rule. */
export interface ConfigFault {
  readonly name: string;
  readonly rule: string;
}

/** Every fault of a configuration at once, so that it can be mended in one go. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';

  constructor(readonly faults: readonly ConfigFault[]) {
    super(faults.map(({ name, rule }) => `${name} ${rule}`).join('\n'));
  }
}

/** Reads settings from the environment and gathers what is wrong with them. */
export class Environment {
  private readonly faults: ConfigFault[] = [];

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  /** Undefined when unset or empty. */
  optional(name: string): string | undefined {
    const value = this.env[name]?.trim();
    return value === '' ? undefined : value;
  }

  /** Texts with commas between them. */
  list(name: string, fallback: string): string[] {
    const parts = this.text(name, fallback).split(',');
    return parts.map((part) => part.trim()).filter((part) => part !== '');
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    this.fault(name, `must be an integer of ${min} to ${max}, not "${text}"`);
    return fallback;
  }

  fault(name: string, rule: string): void {
    this.faults.push({ name, rule });
  }

  /** @throws ConfigInvalid naming every fault found so far. */
  check(): void {
    if (this.faults.length > 0) throw new ConfigInvalid(this.faults);
  }
}
