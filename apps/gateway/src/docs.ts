import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { chargeBatchBody, chargeBody, refundBody } from './charges/charge.schemas';
import { CHARGES_PATH } from './charges/charges.routes';

/** The OpenAPI document, as JSON at `/docs-json` and to read at `/docs`. */
export function serveDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app));
}

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Tollgate')
    .setDescription('Sub-accounts that cannot overspend one prepaid team balance.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const { paths } = document;
  paths[CHARGES_PATH] = post(chargeBody, 201, {
    summary: 'Charges the account',
    parameters: [keyParameter],
  });
  paths[`${CHARGES_PATH}/batch`] = post(chargeBatchBody, 200, {
    summary: 'Charges the account many times; each charge has an outcome of its own',
  });
  paths[`${CHARGES_PATH}/{id}/refunds`] = post(refundBody, 201, {
    summary: 'Refunds a charge, or a part of it',
    parameters: [idParameter, keyParameter],
  });
  return document;
}

type Path = OpenAPIObject['paths'][string];

const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: '1 to 255 characters; `idempotencyKey` in the body comes first.',
  schema: { type: 'string' },
};

/** A route that Nest does not know, from the schema that its bodies are checked by. */
function post(body: object, status: number, operation: object): Path {
  return {
    post: {
      ...operation,
      tags: ['charges'],
      security: [{ bearer: [] }],
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
      responses: { [status]: { description: '' } },
    },
  } as Path;
}
