import type { ProjectedEvents, ReadModelWrite } from '@tollgate/ports';
import { ApplyCall, type ApplyRules } from './apply-call';

/** Redis serves nobody else during a call: some 10,000 keys and arguments take it about 5 ms. */
const CALL_SIZE_MAX = 10_000;

export interface ApplyPlan {
  /** Writes to what belongs to no group, to be done before all else. */
  readonly ungrouped: readonly ApplyCall[];
  /** Calls of each lane, to be done one after the other: rows may depend on their order. */
  readonly lanes: readonly (readonly ApplyCall[])[];
}

/** In a Cluster each group is a lane of its own. One node does it all in the fewest calls. */
const EVERYTHING = '';

export function planApply(projected: readonly ProjectedEvents[], rules: ApplyRules): ApplyPlan {
  const ungrouped: ApplyCall[] = [];
  const lanes = new Map<string, ApplyCall[]>();
  for (const entry of projected) {
    const own: ReadModelWrite[] = [];
    for (const write of entry.writes) {
      if (isOfGroup(write, entry.group)) own.push(write);
      else ungrouped.push(callWith(write, rules));
    }
    callOf(rules.isCluster ? entry.group : EVERYTHING, lanes, rules).addEntry(entry, own);
  }
  return { ungrouped, lanes: [...lanes.values()] };
}

/** @throws RangeError when it must be of the group, and is not: it could not be done at once. */
function isOfGroup(write: ReadModelWrite, group: string): boolean {
  switch (write.kind) {
    case 'put':
    case 'merge':
      return isNamedAfter(write.key, group);
    case 'list':
      return isNamedAfter(write.index, group);
    case 'relist':
    case 'remove':
      if (isAllOfGroup(write, group)) return true;
      throw new RangeError(`${write.kind} of ${write.key} in group ${group}`);
  }
}

function isAllOfGroup(
  write: Extract<ReadModelWrite, { kind: 'relist' | 'remove' }>,
  group: string,
): boolean {
  const indexes = write.kind === 'relist' ? write.places.map(({ index }) => index) : [];
  return [write.key, ...indexes].every((name) => isNamedAfter(name, group));
}

const isNamedAfter = (name: string, group: string): boolean =>
  name.startsWith('{') && name.startsWith(`{${group}}/`);

function callWith(write: ReadModelWrite, rules: ApplyRules): ApplyCall {
  const call = new ApplyCall(rules, false);
  call.add(write);
  return call;
}

/** The call of a lane that has room for another entry. */
function callOf(lane: string, lanes: Map<string, ApplyCall[]>, rules: ApplyRules): ApplyCall {
  const calls = lanes.get(lane) ?? [];
  lanes.set(lane, calls);
  const last = calls.at(-1);
  if (last !== undefined && last.size < CALL_SIZE_MAX) return last;
  const call = new ApplyCall(rules, true);
  calls.push(call);
  return call;
}
