import type { Random } from './random';

/* As much of an OpenAPI document as is needed to make requests from it. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly example?: unknown;
}

export interface Operation {
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: Schema } };
  };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export function routesOf({ paths }: OpenApi): Route[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      return { method: method.toUpperCase(), path, operation };
    }),
  );
}

/** Where a schema can't say what a good value is. */
const GOOD_TEXT: Readonly<Record<string, (random: Random) => string>> = {
  to: () => '+14155550123',
  identifier: (random) => `+1415555${String(random.below(10_000)).padStart(4, '0')}`,
  emailAddress: () => 'ada@example.com',
  webhookUrl: () => 'https://hooks.example.com/a',
  phoneNumber: (random) => `+1512555010${random.below(10)}`,
};

/** Values that a schema allows: all that is required, and some of the rest. */
export class Sampler {
  constructor(
    private readonly document: OpenApi,
    private readonly random: Random,
  ) {}

  body({ requestBody }: Operation): Record<string, unknown> | undefined {
    if (requestBody === undefined) return undefined;
    return this.value(requestBody.content['application/json'].schema) as Record<string, unknown>;
  }

  private value(given: Schema, name = ''): unknown {
    const schema = this.resolved(given);
    if (schema.enum !== undefined) return this.random.pick(schema.enum);
    switch (schema.type) {
      case 'integer':
      case 'number':
        return Math.max(
          schema.minimum ?? 0,
          Math.min(schema.maximum ?? 9, 1 + this.random.below(9)),
        );
      case 'boolean':
        return this.random.chance(0.5);
      case 'array':
        return Array.from({ length: Math.max(schema.minItems ?? 0, this.random.below(4)) }, () =>
          this.value(schema.items ?? {}),
        );
      case 'object':
        return this.object(schema);
      default:
        return this.text(schema, name);
    }
  }

  private text({ example }: Schema, name: string): unknown {
    const good = Object.hasOwn(GOOD_TEXT, name) ? GOOD_TEXT[name] : undefined;
    return good?.(this.random) ?? example ?? `text ${this.random.below(100)}`;
  }

  private object({ properties = {}, required = [] }: Schema): Record<string, unknown> {
    const given = Object.entries(properties).filter(([name]) => {
      return required.includes(name) || this.random.chance(0.3);
    });
    return Object.fromEntries(given.map(([name, schema]) => [name, this.value(schema, name)]));
  }

  private resolved(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const name = schema.$ref.split('/').at(-1)!;
    const found = this.document.components?.schemas?.[name];
    if (found === undefined) throw new Error(`the document lacks ${schema.$ref}`);
    return this.resolved(found);
  }
}
