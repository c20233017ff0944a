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
  paths[CHARGES_PATH] = operation('Charges the account', chargeBody, 201);
  paths[`${CHARGES_PATH}/batch`] = operation('Charges in a batch', chargeBatchBody, 200);
  paths[`${CHARGES_PATH}/{id}/refunds`] = operation('Refunds a charge', refundBody, 201);
  return document;
}

type Path = OpenAPIObject['paths'][string];

/** The routes that Nest does not know, from the schemas that they are checked by. */
function operation(summary: string, body: object, status: number): Path {
  return {
    post: {
      summary,
      tags: ['charges'],
      security: [{ bearer: [] }],
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
      responses: { [status]: { description: '' } },
    },
  } as Path;
}
