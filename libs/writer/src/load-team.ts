import { ChainVerifier, chainStart, decodeEvent, teamStream } from '@tollgate/contracts';
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
  const loaded = (await fromSnapshot(stream, deps)) ?? {
    state: team.initialState(),
    link: chainStart(stream),
    snapshotRevision: -1,
  };
  const chain = new ChainVerifier(stream, deps.digest.sha256, loaded.link);
  for await (const batch of deps.events.readStream(stream, loaded.state.revision + 1)) {
    for (const recorded of batch) applyRecorded(loaded, recorded, chain);
  }
  if (!chain.isClosed) {
    throw new LogCorrupt(stream, loaded.state.revision, 'the last append has no link');
  }
  loaded.link = chain.link;
  return loaded;
}

async function fromSnapshot(
  stream: string,
  { snapshots, digest, log }: WriterDependencies,
): Promise<LoadedTeam | undefined> {
  const stored = await snapshots.load(stream);
  if (stored === undefined) return undefined;
  const loaded = decodeSnapshot(stored, digest);
  if (loaded === undefined) log.warn('snapshot ignored', { stream, version: stored.version });
  return loaded;
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
