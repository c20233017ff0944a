import { ChainVerifier, chainStart, decodeEvent, linkIn, teamStream } from '@tollgate/contracts';
import { team, type TeamEvent } from '@tollgate/domain';
import { LogCorrupt, type RecordedEvent } from '@tollgate/ports';
import type { WriterDependencies } from './dependencies';
import type { LoadedTeam } from './loaded-team';
import { decodeSnapshot } from './snapshot-codec';

/**
 * The team as the log has it: from its snapshot, when there is a sound one, and the events since.
 * @throws LogCorrupt an event is unreadable, or breaks the hash chain or an invariant.
 */
export async function loadTeam(teamId: string, deps: WriterDependencies): Promise<LoadedTeam> {
  const stream = teamStream(teamId);
  const saved = await fromSnapshot(teamId, deps);
  if (saved !== undefined) {
    if (await catchUp(saved, stream, deps)) return saved;
    deps.log.warn('snapshot ignored: the log does not hold it', { stream });
  }
  const loaded = {
    state: team.initialState(),
    link: chainStart(stream),
    snapshotRevision: -1,
    foldedAt: -1,
  };
  await catchUp(loaded, stream, deps);
  loaded.foldedAt = loaded.state.revision;
  return loaded;
}

/** No fault of a cache keeps a team from being loaded. */
async function fromSnapshot(
  teamId: string,
  { snapshots, digest, log }: WriterDependencies,
): Promise<LoadedTeam | undefined> {
  const stream = teamStream(teamId);
  try {
    const stored = await snapshots.load(stream);
    if (stored === undefined) return undefined;
    const loaded = decodeSnapshot(teamId, stored, digest);
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
async function catchUp(
  loaded: LoadedTeam,
  stream: string,
  { events, digest }: WriterDependencies,
): Promise<boolean> {
  const chain = new ChainVerifier(stream, digest.sha256, loaded.link);
  let isInLog = loaded.state.revision < 0;
  for await (const batch of events.readStream(stream, Math.max(0, loaded.state.revision))) {
    for (const recorded of batch) {
      if (isInLog) applyRecorded(loaded, recorded, chain);
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

function applyRecorded(loaded: LoadedTeam, recorded: RecordedEvent, chain: ChainVerifier): void {
  const { stream, revision } = recorded;
  if (!chain.follow(recorded)) throw new LogCorrupt(stream, revision, 'the hash chain is broken');
  try {
    const { event, metadata } = decodeEvent(recorded);
    team.evolve(loaded.state, event as TeamEvent, metadata);
  } catch (fault) {
    throw new LogCorrupt(stream, revision, fault instanceof Error ? fault.message : 'unreadable');
  }
}
