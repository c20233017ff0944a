import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { E164 } from './identifiers';
import { Unsealed } from './opaque-json';

/*
 * One decorator a kind of field: its rules for class-validator and its line in the OpenAPI
 * document, so that neither can be changed without the other.
 */

export interface FieldOptions {
  readonly description?: string;
  readonly optional?: boolean;
  /** Null is a value of its own, such as "no limit". */
  readonly nullable?: boolean;
  readonly example?: unknown;
}

interface TextOptions extends FieldOptions {
  readonly max: number;
  readonly min?: number;
}

interface NumberOptions extends FieldOptions {
  readonly min: number;
  readonly max: number;
}

const E164_SCHEMA = { pattern: E164.source, example: '+14155550123' } as const;

/** Amounts in cents: up to 90 billion dollars. */
export const CENTS_MAX = 900_000_000_000;

export function TextField({ max, min = 1, ...options }: TextOptions): PropertyDecorator {
  return field(options, { type: String, minLength: min, maxLength: max }, [
    IsString(),
    MinLength(min),
    MaxLength(max),
  ]);
}

export function EmailField({ max, ...options }: TextOptions): PropertyDecorator {
  const rules = [IsEmail({}, { message: 'must be an e-mail address' }), MaxLength(max)];
  return field(options, { type: String, format: 'email', maxLength: max }, rules);
}

export function PhoneField(options: FieldOptions = {}): PropertyDecorator {
  const message = 'must be a phone number in E.164 form (+14155550100)';
  return field(options, { type: String, ...E164_SCHEMA }, [Matches(E164, { message })]);
}

/** A country by its two letters, in either case; capitals are what comes of it. */
export function CountryField(options: FieldOptions = {}): PropertyDecorator {
  const rules = [Capitals(), Matches(/^[A-Z]{2}$/, { message: 'must be two letters' })];
  return field(options, { type: String, minLength: 2, maxLength: 2, example: 'US' }, rules);
}

export function IntegerField({ min, max, ...options }: NumberOptions): PropertyDecorator {
  const schema = { type: 'integer' as const, minimum: min, maximum: max };
  return field(options, schema, [IsInt(), Min(min), Max(max)]);
}

export function FlagField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: Boolean }, [IsBoolean()]);
}

export function ChoiceField(
  values: readonly string[],
  options: FieldOptions = {},
): PropertyDecorator {
  return field(options, { type: String, enum: [...values] }, [IsIn([...values])]);
}

/** Any JSON object of at most `bytesMax` bytes. */
export function JsonField({
  bytesMax,
  ...options
}: FieldOptions & { readonly bytesMax: number }): PropertyDecorator {
  const schema = { type: 'object' as const, additionalProperties: true };
  return field(options, schema, [Unsealed(), IsObject(), IsSmallJson(bytesMax)]);
}

function Capitals(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^[a-z]{2}$/i.test(value) ? value.toUpperCase() : value,
  );
}

/** The rules of a field, its schema, and what its absence means. */
export function field(
  { optional = false, nullable = false, ...shown }: FieldOptions,
  schema: ApiPropertyOptions,
  rules: readonly PropertyDecorator[],
): PropertyDecorator {
  const absence: PropertyDecorator[] = [];
  if (optional && nullable) absence.push(IsOptional());
  else if (optional) absence.push(ValidateIf((_, value) => value !== undefined));
  else if (nullable) absence.push(ValidateIf((_, value) => value !== null));
  const documented = { ...schema, ...shown, required: !optional, nullable } as ApiPropertyOptions;
  return applyDecorators(ApiProperty(documented), ...absence, ...rules);
}

function IsSmallJson(bytesMax: number): PropertyDecorator {
  return ValidateBy({
    name: 'isSmallJson',
    validator: {
      validate: (value) => Buffer.byteLength(JSON.stringify(value ?? null)) <= bytesMax,
      defaultMessage: () => `must be at most ${bytesMax} bytes of JSON`,
    },
  });
}
