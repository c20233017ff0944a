export * from './connect-kafka';
export * from './ensure-topics';
export * from './kafka-command-consumer';
export * from './kafka-command-log';
export * from './kafka-exchange';
export * from './kafka-options';
