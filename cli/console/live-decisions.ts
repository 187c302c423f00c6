import type { RunSource } from '@crosswind/console/server/snapshot';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { Cuts } from '../run-record/cuts.ts';
import { recordedDecisions } from '../run-record/recorded-decisions.ts';

type Decision = RunSource['decisions'][number];

/** Decisions of a sandbox and what was cut of them. */
export interface LiveDecisions {
  readonly all: ReturnType<typeof recordedDecisions>;
  readonly decisions: readonly Decision[];
}

/** Reads the decisions; what did not change is the same object as before. */
export function liveDecisions({ decisions: log }: Pick<Sandbox, 'decisions'>): () => LiveDecisions {
  let known: LiveDecisions = { all: { denied: [], decisions: [] }, decisions: [] };
  let counted = '';
  return () => {
    const groups = log.groups();
    const now = `${groups.length} ${groups.reduce((sum, { times }) => sum + times, 0)} ${log.denials().length}`;
    if (now === counted) return known;
    counted = now;
    const all = recordedDecisions(log, new Cuts());
    const before = new Map(known.decisions.map((decision) => [decision.id, decision]));
    const decisions = all.decisions.map((decision) => {
      const old = before.get(decision.id);
      return old && isSame(old, decision) ? old : decision;
    });
    known = { all, decisions };
    return known;
  };
}

const isSame = (one: Decision, other: Decision): boolean =>
  one.times === other.times &&
  one.last === other.last &&
  one.denial === other.denial &&
  one.resource === other.resource;
