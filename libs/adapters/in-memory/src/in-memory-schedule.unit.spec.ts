import { describeSchedule } from '@tollgate/testing';
import { InMemorySchedule } from './in-memory-schedule';

describeSchedule('in memory', async () => {
  const schedules = new Map<string, InMemorySchedule>();
  const scheduleOf = (consumer: string): InMemorySchedule => {
    const schedule = schedules.get(consumer) ?? new InMemorySchedule();
    schedules.set(consumer, schedule);
    return schedule;
  };
  return { scheduleOf, close: async () => undefined };
});
