import { principalName } from '@crosswind/iam/principal';
import type { DecisionGroup, DecisionLog, Denial } from '@crosswind/sandbox/sandbox';
import type { Cuts } from './cuts.ts';
import { type RecordedDecision, type RecordedDenial, recordLimits } from './run-record.ts';

/** Decisions of a run: what was denied with its fix, and the groups of all. */
export function recordedDecisions(
  log: DecisionLog,
  cuts: Cuts,
): { readonly denied: RecordedDenial[]; readonly decisions: RecordedDecision[] } {
  const denied = cuts.first(log.denials(), recordLimits.denied, 'denied calls');
  const denialOf = new Map(denied.flatMap(({ groups }, index) => [...groups].map((group) => [group, denialId(index)])));
  const groups = [...log.groups()].sort((one, other) => rank(one) - rank(other) || other.times - one.times);
  const kept = cuts.first(
    groups,
    recordLimits.decisions,
    'groups of decisions, denied and frequent ones before others',
  );
  return {
    denied: denied.map((denial, index) => recordedDenial(denial, denialId(index))),
    decisions: kept
      .sort((one, other) => one.first - other.first)
      .map((group) => recordedGroup(group, denialOf.get(group) ?? null, cuts)),
  };
}

/** Id of a denied call by its place in the log. */
export const denialId = (index: number): string => `denial-${index + 1}`;

const rank = ({ verdict }: DecisionGroup): number => (verdict === 'allowed' ? 1 : 0);

const recordedDenial = ({ request, decision, times }: Denial, id: string): RecordedDenial => ({
  id,
  principal: request.principal.kind === 'role' ? request.principal.roleArn : principalName(request.principal),
  action: request.action,
  resource: request.resource,
  account: request.resourceAccount,
  reason: decision.reason,
  times,
  fixes:
    decision.kind === 'implicit deny'
      ? decision.mends.map(({ document, of, statement }) => ({ document, of, statement: { ...statement } }))
      : [],
});

function recordedGroup({ seconds, ...group }: DecisionGroup, denial: string | null, cuts: Cuts): RecordedDecision {
  const kept = cuts.ends(seconds.kept, recordLimits.seconds, `seconds of ${group.id}`, seconds.dropped);
  return {
    ...group,
    seconds: kept.map(([second, times]) => [second, times]),
    busiest: [...seconds.busiest],
    denial,
  };
}
