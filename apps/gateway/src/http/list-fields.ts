import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { field, type FieldOptions } from './fields';
import { Unsealed } from './opaque-json';

/* Fields that hold many values, as `fields.ts` declares those that hold one. */

interface ListOptions extends FieldOptions {
  readonly itemsMax: number;
  readonly itemsMin?: number;
}

export function TextListField(options: ListOptions & { readonly max: number }): PropertyDecorator {
  const { itemsMax, max, ...rest } = options;
  const schema = { type: 'array' as const, items: { type: 'string' as const }, maxItems: itemsMax };
  return field(rest, schema, [IsTextList(itemsMax, max)]);
}

/** A list of some of these texts. */
export function ChoiceListField(
  values: readonly string[],
  { itemsMax, ...options }: ListOptions,
): PropertyDecorator {
  const items = { type: 'string' as const, enum: [...values] };
  const schema = { type: 'array' as const, items, maxItems: itemsMax };
  return field(options, schema, [IsChoiceList(values, itemsMax)]);
}

/** A list of objects, each of which has fields of its own. */
export function ObjectListField(
  item: () => new () => object,
  { itemsMax, itemsMin = 0, ...options }: ListOptions,
): PropertyDecorator {
  const schema = { type: () => [item()], minItems: itemsMin, maxItems: itemsMax };
  return applyDecorators(
    field(options, schema, [
      IsArray(),
      ArrayMinSize(itemsMin),
      ArrayMaxSize(itemsMax),
      IsObject({ each: true }),
      ValidateNested({ each: true }),
    ]),
    Type(item),
  );
}

/** A map of strings to strings, of at most `bytesMax` bytes of JSON. */
export function TextMapField({
  bytesMax = Infinity,
  ...options
}: FieldOptions & { readonly bytesMax?: number }): PropertyDecorator {
  const schema = { type: 'object' as const, additionalProperties: { type: 'string' as const } };
  return field(options, schema, [Unsealed(), IsTextMap(bytesMax)]);
}

function IsTextList(itemsMax: number, max: number): PropertyDecorator {
  const isText = (item: unknown): boolean =>
    typeof item === 'string' && item.length > 0 && item.length <= max;
  return ValidateBy({
    name: 'isTextList',
    validator: {
      validate: (value) => isListOf(value, itemsMax, isText),
      defaultMessage: () => `must be at most ${itemsMax} strings of 1 to ${max} characters`,
    },
  });
}

function IsChoiceList(values: readonly string[], itemsMax: number): PropertyDecorator {
  return ValidateBy({
    name: 'isChoiceList',
    validator: {
      validate: (value) => isListOf(value, itemsMax, (item) => values.includes(item as string)),
      defaultMessage: () => `must be at most ${itemsMax} of these: ${values.join(', ')}`,
    },
  });
}

function isListOf(value: unknown, max: number, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= max && value.every(isItem);
}

const MAP_ENTRIES_MAX = 50;
const MAP_TEXT_MAX = 500;

function IsTextMap(bytesMax: number): PropertyDecorator {
  const isText = (item: unknown): boolean =>
    typeof item === 'string' && item.length <= MAP_TEXT_MAX;
  const size = bytesMax === Infinity ? '' : `, with at most ${bytesMax} bytes of JSON`;
  return ValidateBy({
    name: 'isTextMap',
    validator: {
      validate: (value) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length <= MAP_ENTRIES_MAX &&
        Object.entries(value).flat().every(isText) &&
        Buffer.byteLength(JSON.stringify(value)) <= bytesMax,
      defaultMessage: () =>
        `must map at most ${MAP_ENTRIES_MAX} strings to strings of at most ${MAP_TEXT_MAX}${size}`,
    },
  });
}
