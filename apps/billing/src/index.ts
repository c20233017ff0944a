export { BillingModule } from './billing.module';
export { createBilling } from './create-billing';
