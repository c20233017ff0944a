export { kafkaAnswers, listens, redisAnswers } from './answers';
export {
  describeWithAllProcesses,
  describeWithDevstoreProcess,
  describeWithEventStore,
  describeWithKafka,
  describeWithKafkaProcess,
  describeWithRedis,
  describeWithRedisProcess,
  describeWithStack,
  type SuiteWith,
} from './describe-with';
export { KafkaProcess } from './kafka-process';
export { prepareKafka, prepareRedis, type NativeCommand } from './native-tools';
export {
  realEventStore,
  realKafka,
  realRedis,
  type RealEventStore,
  type RealKafka,
  type RealRedis,
} from './real-services';
export { RedisProcess, type RedisProcessOptions } from './redis-process';
export { untilAnswering } from './until-answering';
export { whenThisProcessIsGone } from './watchdog';
