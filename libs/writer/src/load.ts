import { ChainVerifier, chainStart, decodeEvent, linkIn } from '@tollgate/contracts';
import { LogCorrupt, type RecordedEvent } from '@tollgate/ports';
import type { Aggregate, WritableKind } from './aggregate';
import type { WriterDependencies } from './dependencies';
import type { Loaded } from './loaded';
import { decodeSnapshot } from './snapshot-codec';

/**
 * One aggregate as the log has it: from its snapshot, when there is a sound one, and the events
 * since.
 * @throws LogCorrupt an event is unreadable, or breaks the hash chain or an invariant.
 */
export async function load<Kind extends WritableKind>(
  id: string,
  aggregate: Aggregate<Kind>,
  deps: WriterDependencies,
): Promise<Loaded<Kind['state']>> {
  const stream = aggregate.stream(id);
  const saved = await fromSnapshot(id, aggregate, deps);
  if (saved !== undefined) {
    if (await catchUp(saved, aggregate, stream, deps)) return saved;
    deps.log.warn('snapshot ignored: the log does not hold it', { stream });
  }
  const loaded: Loaded<Kind['state']> = {
    state: aggregate.decider.initialState(),
    link: chainStart(stream),
    snapshotRevision: -1,
    foldedAt: -1,
  };
  await catchUp(loaded, aggregate, stream, deps);
  loaded.foldedAt = loaded.state.revision;
  return loaded;
}

/** No fault of a cache keeps an aggregate from being loaded. */
async function fromSnapshot<Kind extends WritableKind>(
  id: string,
  aggregate: Aggregate<Kind>,
  { snapshots, digest, log }: WriterDependencies,
): Promise<Loaded<Kind['state']> | undefined> {
  const stream = aggregate.stream(id);
  try {
    const stored = await snapshots.load(stream);
    if (stored === undefined) return undefined;
    const loaded = decodeSnapshot(id, stored, aggregate.snapshot, digest);
    if (loaded === undefined) log.warn('snapshot ignored', { stream, version: stored.version });
    return loaded;
  } catch (fault) {
    log.warn('snapshot not readable', { stream, fault });
    return undefined;
  }
}

/**
 * Folds what the log holds after the state. False when the log does not hold the state's own last
 * event with the same link: the state is of another log, or of this one before it was cut back.
 */
async function catchUp<Kind extends WritableKind>(
  loaded: Loaded<Kind['state']>,
  aggregate: Aggregate<Kind>,
  stream: string,
  { events, digest }: WriterDependencies,
): Promise<boolean> {
  const chain = new ChainVerifier(stream, digest.sha256, loaded.link);
  let isInLog = loaded.state.revision < 0;
  for await (const batch of events.readStream(stream, Math.max(0, loaded.state.revision))) {
    for (const recorded of batch) {
      if (isInLog) apply(recorded, loaded.state, aggregate, chain);
      else if (linkIn(recorded.metadata) === loaded.link) isInLog = true;
      else return false;
    }
  }
  if (!chain.isClosed) {
    throw new LogCorrupt(stream, loaded.state.revision, 'the last append has no link');
  }
  loaded.link = chain.link;
  return isInLog;
}

function apply<Kind extends WritableKind>(
  recorded: RecordedEvent,
  state: Kind['state'],
  { decider }: Aggregate<Kind>,
  chain: ChainVerifier,
): void {
  const { stream, revision } = recorded;
  if (!chain.follow(recorded)) throw new LogCorrupt(stream, revision, 'the hash chain is broken');
  try {
    const { event, metadata } = decodeEvent(recorded);
    decider.evolve(state, event as Kind['event'], metadata);
  } catch (fault) {
    throw new LogCorrupt(stream, revision, fault instanceof Error ? fault.message : 'unreadable');
  }
}
