import { randomUUID } from 'node:crypto';
import type { Schedule, ScheduledJob } from '@tollgate/ports';

export interface ScheduleUnderTest {
  /** The schedule of a consumer. */
  readonly scheduleOf: (consumer: string) => Schedule;
  /** Closes it and opens it once more; for schedules that outlive their process. */
  readonly reopen?: () => Promise<(consumer: string) => Schedule>;
  readonly close: () => Promise<void>;
}

const NOW = 1_790_000_000_000;

/** The promises of the Schedule port, tested on whatever `create` gives. */
export function describeSchedule(name: string, create: () => Promise<ScheduleUnderTest>): void {
  describe(`schedule: ${name}`, () => {
    let underTest: ScheduleUnderTest;
    let consumer: string;
    let schedule: Schedule;

    beforeEach(async () => {
      underTest = await create();
      consumer = `test-${randomUUID()}`;
      schedule = underTest.scheduleOf(consumer);
    });

    afterEach(() => underTest.close());

    it('given no job, then nothing is due', async () => {
      expect(await schedule.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    });

    it('given jobs, when the time comes, then those are due, the oldest first', async () => {
      const jobs = [jobAt(NOW + 1, 'late'), jobAt(NOW - 5, 'first'), jobAt(NOW, 'just now')];
      await Promise.all(jobs.map((job) => schedule.put(job)));

      expect(await schedule.due(NOW - 6, 10)).toEqual([]);
      expect(await schedule.due(NOW, 10)).toEqual([jobs[1], jobs[2]]);
      expect(await schedule.due(NOW + 1, 10)).toEqual([jobs[1], jobs[2], jobs[0]]);
    });

    it('given more jobs than are asked for, then the oldest of them', async () => {
      const jobs = Array.from({ length: 30 }, (_, index) => jobAt(NOW + index, `job ${index}`));
      await Promise.all([...jobs].reverse().map((job) => schedule.put(job)));

      expect(await schedule.due(NOW + 100, 7)).toEqual(jobs.slice(0, 7));
    });

    it('given a job of the same name, then it takes the place of the first', async () => {
      await schedule.put(jobAt(NOW, 'job', 'one'));
      const next = jobAt(NOW + 10, 'job', 'two');
      await schedule.put(next);

      expect(await schedule.due(NOW, 10)).toEqual([]);
      expect(await schedule.due(NOW + 10, 10)).toEqual([next]);
      const sooner = jobAt(NOW - 10, 'job', 'three');
      await schedule.put(sooner);
      expect(await schedule.due(NOW + 10, 10)).toEqual([sooner]);
    });

    it('given jobs of one name put at once, then the last of them stands', async () => {
      const jobs = Array.from({ length: 20 }, (_, index) => jobAt(NOW + index, 'job', `${index}`));
      await Promise.all(jobs.map((job) => schedule.put(job)));

      expect(await schedule.due(NOW + 100, 100)).toEqual([jobs[19]]);
    });

    it('given a job that is removed, then it is not due; the others are', async () => {
      const kept = jobAt(NOW, 'job 1');
      await Promise.all([schedule.put(jobAt(NOW, 'job')), schedule.put(kept)]);
      await schedule.remove('job');
      await schedule.remove('never there');

      expect(await schedule.due(NOW, 10)).toEqual([kept]);
    });

    it('given a job put and removed at once, then the later of the two counts', async () => {
      const job = jobAt(NOW, 'job');
      await Promise.all([schedule.put(job), schedule.remove('job')]);
      expect(await schedule.due(NOW, 10)).toEqual([]);

      await Promise.all([schedule.remove('job'), schedule.put(job)]);
      expect(await schedule.due(NOW, 10)).toEqual([job]);
    });

    it('given jobs of the same time, then all are due', async () => {
      const jobs = ['a', 'b', 'a b', 'a\nb', 'ž 🐎'].map((each) => jobAt(NOW, each));
      for (const job of jobs) await schedule.put(job);

      const due = await schedule.due(NOW, 10);
      expect(new Map(due.map((job) => [job.name, job]))).toEqual(
        new Map(jobs.map((job) => [job.name, job])),
      );
      expect(due).toHaveLength(jobs.length);
    });

    it('given any text as detail, then it comes back as it was', async () => {
      const details = ['', '{"a":[1,null,"ž 🐎"]}', 'no JSON\n', '0', 'x'.repeat(4_000)];
      const jobs = details.map((detail, index) => jobAt(NOW + index, `job ${index}`, detail));
      for (const job of jobs) await schedule.put(job);

      expect(await schedule.due(NOW + 100, 10)).toEqual(jobs);
    });

    it('given two consumers, then each has jobs of its own', async () => {
      const others = underTest.scheduleOf(`${consumer}0`);
      const [job, other] = [jobAt(NOW, 'job', 'one'), jobAt(NOW - 1, 'job', 'two')];
      await Promise.all([schedule.put(job), others.put(other)]);

      expect(await schedule.due(NOW, 10)).toEqual([job]);
      expect(await others.due(NOW, 10)).toEqual([other]);
      await others.remove('job');
      expect(await schedule.due(NOW, 10)).toEqual([job]);
    });

    it('given a schedule that is opened again, then its jobs are there', async () => {
      const job = jobAt(NOW, 'job');
      await schedule.put(jobAt(NOW - 1, 'removed'));
      await schedule.put(job);
      await schedule.remove('removed');
      const scheduleOf = (await underTest.reopen?.()) ?? underTest.scheduleOf;

      expect(await scheduleOf(consumer).due(NOW, 10)).toEqual([job]);
    });
  });
}

function jobAt(dueAt: number, name: string, detail = '{}'): ScheduledJob {
  return { name, dueAt, detail };
}
