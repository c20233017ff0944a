import { DataFolder } from '../src';

/*
 * A program for tests: makes keys without end, eight at a time, destroys every fourth, and writes a
 * line for each thing that was acknowledged.
 */
const AT_A_TIME = 8;

async function main(path: string): Promise<void> {
  const { vault } = await DataFolder.open(path, { readModelsVersion: 1 });
  const makeForEver = async (start: number): Promise<void> => {
    for (let number = start; ; number += AT_A_TIME) {
      const subject = `con_${number}`;
      const key = Buffer.from(await vault.keyOf(subject)).toString('hex');
      console.log(`made ${subject} ${key}`);
      if (number % 4 !== 0) continue;
      await vault.destroy(subject, Date.now());
      console.log(`destroyed ${subject}`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, (_, start) => makeForEver(start)));
}

void main(process.argv[2]!);
