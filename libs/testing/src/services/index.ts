export {
  describeWithDevstoreProcess,
  describeWithEventStore,
  describeWithKafka,
  describeWithKafkaProcess,
  describeWithRedis,
  describeWithRedisProcess,
  type SuiteWith,
} from './describe-with';
export { KafkaProcess } from './kafka-process';
export {
  realEventStore,
  realKafka,
  realRedis,
  type RealEventStore,
  type RealKafka,
  type RealRedis,
} from './real-services';
export { RedisProcess, type RedisProcessOptions } from './redis-process';
