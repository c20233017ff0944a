import { randomUUID } from 'node:crypto';
import type { Checkpoints } from '@tollgate/ports';

export interface CheckpointsUnderTest {
  readonly checkpoints: Checkpoints;
  readonly close: () => Promise<void>;
}

/** The promises of the Checkpoints port, tested on whatever `create` gives. */
export function describeCheckpoints(
  name: string,
  create: () => Promise<CheckpointsUnderTest>,
): void {
  describe(`checkpoints: ${name}`, () => {
    let underTest: CheckpointsUnderTest;
    let checkpoints: Checkpoints;

    beforeAll(async () => {
      underTest = await create();
      checkpoints = underTest.checkpoints;
    });

    afterAll(() => underTest.close());

    it('given a new consumer, when loaded, then 0', async () => {
      expect(await checkpoints.load(randomUUID())).toBe(0);
    });

    it('given saved positions, when loaded, then the last one of that consumer', async () => {
      const [first, second] = [randomUUID(), randomUUID()];
      await checkpoints.save(first, 5);
      await checkpoints.save(first, 2 ** 40);
      await checkpoints.save(second, 7);

      expect(await checkpoints.load(first)).toBe(2 ** 40);
      expect(await checkpoints.load(second)).toBe(7);
    });
  });
}
