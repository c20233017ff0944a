export { createGateway } from './create-gateway';
export { openApiDocument } from './docs';
export type { GatewayOptions } from './options';
