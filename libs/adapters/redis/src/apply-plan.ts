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

function isOfGroup(write: ReadModelWrite, group: string): boolean {
  const name = write.kind === 'list' ? write.index : write.key;
  return name.startsWith('{') && name.startsWith(`{${group}}/`);
}

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
