import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { reportBody } from './carrier/report.schema';
import { REPORTS_PATH } from './carrier/reports.routes';
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
  paths[CHARGES_PATH] = charges(chargeBody, 201, {
    summary: 'Charges the account',
    parameters: [keyParameter],
  });
  paths[`${CHARGES_PATH}/batch`] = charges(chargeBatchBody, 200, {
    summary: 'Charges the account many times; each charge has an outcome of its own',
  });
  paths[`${CHARGES_PATH}/{id}/refunds`] = charges(refundBody, 201, {
    summary: 'Refunds a charge, or a part of it',
    parameters: [idParameter, keyParameter],
  });
  if (isServed(app, REPORTS_PATH)) {
    paths[REPORTS_PATH] = post(reportBody, 200, {
      summary: 'Tells what became of messages',
      tags: ['carrier'],
      parameters: [signatureParameter],
    });
  }
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
const signatureParameter = {
  name: 'X-Tollgate-Signature',
  in: 'header',
  required: true,
  description: '`t=<unix seconds>,v1=<hex>`: HMAC-SHA-256 of the time, a dot and the body.',
  schema: { type: 'string' },
};

function charges(body: object, status: number, operation: object): Path {
  return post(body, status, { ...operation, tags: ['charges'], security: [{ bearer: [] }] });
}

/** A route that Nest does not know. */
function post(body: object, status: number, operation: object): Path {
  return {
    post: {
      ...operation,
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
      responses: { [status]: { description: '' } },
    },
  } as Path;
}

function isServed(app: NestFastifyApplication, url: string): boolean {
  return app.getHttpAdapter().getInstance().hasRoute({ url, method: 'POST' });
}
