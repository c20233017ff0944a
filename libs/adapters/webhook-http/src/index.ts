export { ForbiddenAddress } from './guarded-connector';
export { HttpWebhookClient, type HttpWebhookClientOptions } from './http-webhook-client';
export { isPublicAddress } from './public-address';
export { signatureOf } from './signature';
export { brokenUrlRule, type UrlRule, type UrlRules } from './url-rules';
