export { createGateway } from './create-gateway';
export { openApiDocument } from './docs';
export type { CarrierReports, GatewayOptions } from './options';
export { WINDOW_SECONDS as RATE_LIMIT_WINDOW_SECONDS } from './http/rate-limits';
export { DEFAULT_PRICE_LIST, readPriceList } from './price-list';
