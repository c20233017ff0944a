import { soon } from '../spec/simulated-time';
import { InOrder } from './in-order';

interface Work {
  readonly work: () => Promise<void>;
  readonly end: () => void;
}

function held(story: string[], name: string): Work {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = async (): Promise<void> => {
    story.push(`${name} begins`);
    await ended;
    story.push(`${name} ends`);
  };
  return { work, end };
}

describe('what belongs together', () => {
  it('is done one after the other, beside what does not', async () => {
    const story: string[] = [];
    const inOrder = new InOrder();
    const works = ['one', 'two', 'other'].map((name) => held(story, name));
    const runs = works.map(({ work }, index) => inOrder.run(index < 2 ? 'same' : 'other', work));
    await soon();
    expect(story).toEqual(['one begins', 'other begins']);
    works.forEach(({ end }) => end());
    await Promise.all(runs);
    expect(story.indexOf('two begins')).toBeGreaterThan(story.indexOf('one ends'));
  });

  it('is done also after something that failed, which only its own caller hears of', async () => {
    const inOrder = new InOrder();
    const first = inOrder.run('key', () => Promise.reject(new Error('broken')));
    const second = inOrder.run('key', async () => undefined);
    await expect(first).rejects.toThrow('broken');
    await expect(second).resolves.toBeUndefined();
  });

  it('leaves nothing behind', async () => {
    const inOrder = new InOrder();
    await Promise.all(['a', 'b', 'a'].map((key) => inOrder.run(key, async () => undefined)));
    await soon();
    expect(inOrder).toMatchObject({ last: new Map() });
  });
});
