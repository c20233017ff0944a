export { connectRedis, type ConnectRedisOptions } from './connect-redis';
export type { RedisAddress } from './redis-address';
export type { RedisClient, RedisConnection } from './redis-connection';
export { RedisReadModels, type RedisReadModelsOptions } from './redis-read-models';
export { RedisUnavailable } from './redis-unavailable';
