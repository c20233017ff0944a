export * from './faulty-event-log';
