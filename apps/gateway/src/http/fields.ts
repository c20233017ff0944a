import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { Unsealed } from './opaque-json';

/*
 * One decorator a kind of field: its rules for class-validator and its line in the OpenAPI
 * document, so that neither can be changed without the other.
 */

interface FieldOptions {
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

/** Amounts in cents: up to 90 billion dollars. */
export const CENTS_MAX = 900_000_000_000;

export function TextField({ max, min = 1, ...options }: TextOptions): PropertyDecorator {
  return field(options, { type: String, minLength: min, maxLength: max }, [
    IsString(),
    MinLength(min),
    MaxLength(max),
  ]);
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

export function TextListField(
  options: FieldOptions & { readonly itemsMax: number; readonly max: number },
): PropertyDecorator {
  const { itemsMax, max, ...rest } = options;
  const schema = { type: 'array' as const, items: { type: 'string' as const }, maxItems: itemsMax };
  return field(rest, schema, [IsTextList(itemsMax, max)]);
}

/** A map of strings to strings. */
export function TextMapField(options: FieldOptions): PropertyDecorator {
  const schema = { type: 'object' as const, additionalProperties: { type: 'string' as const } };
  return field(options, schema, [Unsealed(), IsTextMap()]);
}

/** Query parameters: an empty one counts as absent, as the official client sends them. */
export function EmptyIsAbsent(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
}

/** A number in a query; what is no number stays what it is, for the rules to refuse. */
export function NumberInQuery(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (value === '') return undefined;
    return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  });
}

function field(
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

function IsTextList(itemsMax: number, max: number): PropertyDecorator {
  const isText = (item: unknown): boolean =>
    typeof item === 'string' && item.length > 0 && item.length <= max;
  return ValidateBy({
    name: 'isTextList',
    validator: {
      validate: (value) => Array.isArray(value) && value.length <= itemsMax && value.every(isText),
      defaultMessage: () => `must be at most ${itemsMax} strings of 1 to ${max} characters`,
    },
  });
}

const MAP_ENTRIES_MAX = 50;
const MAP_TEXT_MAX = 500;

function IsTextMap(): PropertyDecorator {
  const isText = (item: unknown): boolean =>
    typeof item === 'string' && item.length <= MAP_TEXT_MAX;
  return ValidateBy({
    name: 'isTextMap',
    validator: {
      validate: (value) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length <= MAP_ENTRIES_MAX &&
        Object.entries(value).flat().every(isText),
      defaultMessage: () =>
        `must map at most ${MAP_ENTRIES_MAX} strings to strings of at most ${MAP_TEXT_MAX}`,
    },
  });
}
