import { aTeamWith, nodeDigest } from '@tollgate/testing';
import fc from 'fast-check';
import { ChainVerifier } from './chain-verifier';
import { encodeEvent } from './codec';
import { chainStart, linkIn, linkOf, withLink, withoutLink, type ChainedEvent } from './hash-chain';
import { teamStream } from './streams';

const { sha256 } = nodeDigest;
const stream = teamStream('tm_1');

/** Eleven events in appends of 2, 1, 3, 1 and 4. */
const appends = (() => {
  const history = aTeamWith(100).charged(10).charged(20).refunded(5, 5).limited(1).suspended();
  const past = [...history.reactivated()];
  return [2, 1, 3, 1, 4].map((length) => past.splice(0, length));
})();

function chained(of: string, batches = appends): ChainedEvent[] {
  let link = chainStart(of);
  return batches.flatMap((batch) => {
    const events: ChainedEvent[] = batch.map(({ event, metadata }, index) => {
      const { type, data, metadata: stored } = encodeEvent(event, metadata, index);
      return { type, data, metadata: stored };
    });
    link = linkOf(link, events, sha256);
    const last = events.pop()!;
    return [...events, { ...last, metadata: withLink(last.metadata, link) }];
  });
}

function isSound(events: readonly ChainedEvent[], of = stream): boolean {
  const verifier = new ChainVerifier(of, sha256);
  return events.map((event) => verifier.follow(event)).every(Boolean) && verifier.isClosed;
}

const sound = chained(stream);
const place = fc.nat({ max: sound.length - 1 });
const part = fc.constantFrom('type', 'data', 'metadata');

function changed(at: number, change: (event: ChainedEvent) => ChainedEvent): ChainedEvent[] {
  return sound.map((event, index) => (index === at ? change(event) : event));
}

describe('the hash chain of a stream', () => {
  it('is sound as it was written', () => {
    expect(sound).toHaveLength(11);
    expect(isSound(sound)).toBe(true);
    expect(sound.map(({ metadata }) => linkIn(metadata) !== undefined)).toEqual(
      [2, 1, 3, 1, 4].flatMap((length) => Array.from({ length }, (_, at) => at === length - 1)),
    );
  });

  it('notices any changed character of any event', () => {
    fc.assert(
      fc.property(place, part, fc.nat(), fc.constantFrom(...'x0":,}\n'), (at, name, spot, sign) => {
        const text = sound[at]![name];
        const index = spot % text.length;
        fc.pre(text[index] !== sign);
        const other = text.slice(0, index) + sign + text.slice(index + 1);
        expect(isSound(changed(at, (event) => ({ ...event, [name]: other })))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('notices characters that are added or taken away', () => {
    fc.assert(
      fc.property(place, part, fc.nat(), fc.string({ maxLength: 3 }), (at, name, spot, more) => {
        const text = sound[at]![name];
        const index = spot % text.length;
        const rest = text.slice(more === '' ? index + 1 : index);
        const other = text.slice(0, index) + more + rest;
        expect(isSound(changed(at, (event) => ({ ...event, [name]: other })))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('notices events that changed places', () => {
    fc.assert(
      fc.property(place, place, (left, right) => {
        fc.pre(left !== right);
        const swapped = [...sound];
        [swapped[left], swapped[right]] = [sound[right]!, sound[left]!];
        expect(isSound(swapped)).toBe(false);
      }),
    );
  });

  it('notices a dropped, doubled or foreign event', () => {
    sound.forEach((event, at) => {
      const rest = [...sound.slice(0, at), ...sound.slice(at + 1)];
      expect(isSound(rest)).toBe(false);
      expect(isSound([...sound.slice(0, at), event, ...sound.slice(at)])).toBe(false);
      const foreign = chained(teamStream('tm_2'))[at]!;
      if (linkIn(foreign.metadata) === undefined) return;
      expect(isSound(changed(at, () => foreign))).toBe(false);
    });
  });

  it('notices a boundary between appends that was moved, added or taken away', () => {
    sound.forEach((event, at) => {
      const link = linkIn(event.metadata);
      const without = { ...event, metadata: withoutLink(event.metadata) };
      if (link !== undefined) expect(isSound(changed(at, () => without))).toBe(false);
      const any = linkIn(sound[1]!.metadata)!;
      const closed = { ...without, metadata: withLink(without.metadata, any) };
      if (link === undefined) expect(isSound(changed(at, () => closed))).toBe(false);
    });
    const past = appends.flat();
    const others = chained(
      stream,
      [3, 3, 1, 4].map((length) => past.splice(0, length)),
    );
    expect(isSound(others)).toBe(true);
    expect(isSound([...others.slice(0, 3), ...sound.slice(3)])).toBe(false);
  });

  it('notices an append that was moved to the front or left out, except the last', () => {
    const starts = [0, 2, 3, 6, 7, 11];
    for (let append = 0; append < 4; append += 1) {
      const [from, to] = [starts[append]!, starts[append + 1]!];
      expect(isSound([...sound.slice(0, from), ...sound.slice(to)])).toBe(false);
    }
    expect(isSound([...sound.slice(2, 3), ...sound.slice(0, 2), ...sound.slice(3)])).toBe(false);
    // Only what is remembered elsewhere can tell that a whole last append is gone.
    expect(isSound(sound.slice(0, 7))).toBe(true);
  });

  it('notices that it is of another stream', () => {
    expect(isSound(sound, teamStream('tm_2'))).toBe(false);
    expect(isSound(chained(teamStream('tm_2')))).toBe(false);
  });
});

describe('a verifier', () => {
  it('goes on from a link in the middle', () => {
    const verifier = new ChainVerifier(stream, sha256, linkIn(sound[2]!.metadata)!);
    expect(sound.slice(3).every((event) => verifier.follow(event))).toBe(true);
    expect(verifier.link).toBe(linkIn(sound[10]!.metadata));
  });

  it('says at which event the chain breaks, and follows what comes after', () => {
    const broken = changed(3, (event) => ({ ...event, data: event.data.replace('1', '2') }));
    const verifier = new ChainVerifier(stream, sha256);
    const verdicts = broken.map((event) => verifier.follow(event));
    expect(verdicts.indexOf(false)).toBe(5);
    expect(verdicts.filter((verdict) => !verdict)).toHaveLength(1);
  });

  it('is open until an append has its link', () => {
    const verifier = new ChainVerifier(stream, sha256);
    expect([verifier.isClosed, verifier.link]).toEqual([true, chainStart(stream)]);
    verifier.follow(sound[0]!);
    expect([verifier.isClosed, verifier.link]).toEqual([false, chainStart(stream)]);
    verifier.follow(sound[1]!);
    expect([verifier.isClosed, verifier.link]).toEqual([true, linkIn(sound[1]!.metadata)]);
  });
});

describe('a link in metadata', () => {
  const link = 'A-_z'.repeat(11).slice(0, 43);

  it('comes last, and goes without a trace', () => {
    const closed = withLink('{"at":1,"command":"c"}', link);
    expect(closed).toBe(`{"at":1,"command":"c","link":"${link}"}`);
    expect(linkIn(closed)).toBe(link);
    expect(withoutLink(closed)).toBe('{"at":1,"command":"c"}');
  });

  it('can not be forged from inside another field', () => {
    const metadata = JSON.stringify({ at: 1, trace: `x","link":"${link}` });
    expect(linkIn(metadata)).toBeUndefined();
    expect(linkIn('{"at":1}')).toBeUndefined();
    expect(withoutLink('{"at":1}')).toBe('{"at":1}');
  });
});
