export type { DevstoreConfig } from './config';
export { Devstore } from './devstore';
