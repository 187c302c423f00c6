import type { RunSource } from '@crosswind/console/server/snapshot';
import type { Execution } from '@crosswind/sandbox/sandbox';
import { Cuts } from '../run-record/cuts.ts';
import { recordedExecution } from '../run-record/recorded-execution.ts';
import type { RecordedExecution } from '../run-record/run-record.ts';
import { isOpen } from '../why/executions.ts';
import { familiesOf, type RecordedFamily } from './families.ts';
import type { LiveDecisions } from './live-decisions.ts';
import { kept, versionOf } from './live-executions.ts';
import { liveEvidence, type ObservedSandbox } from './live-evidence.ts';
import type { TenantStage } from './named-stages.ts';
import { verdictFrom } from './verdict-from.ts';

type Verdict = RunSource['verdicts'][number];

export interface LiveVerdictsProps {
  readonly sandbox: ObservedSandbox;
  /** Stages of tenants by their state machines. */
  readonly stages: ReadonlyMap<string, TenantStage>;
  /** Clock of this machine, in milliseconds. */
  readonly realNow: () => number;
}

export type LiveVerdicts = (executions: readonly Execution[], decisions: LiveDecisions) => readonly Verdict[];

/** Real milliseconds between two looks at all runs. */
const lookEvery = 1_000;

/** Real milliseconds that a look may take; the runs that are left are looked at with the next reading. */
const mostMilliseconds = 40;

/** A look at a run, and everything that could change the verdict. */
interface Look {
  readonly members: readonly RecordedExecution[];
  readonly denials: number;
  readonly virtual: number;
  readonly real: number;
  readonly verdict: Verdict;
}

/**
 * Says why each run is as it is. A run is looked at again when something in it changed, or when it is open and virtual time has
 * passed; at most once a second.
 */
export function liveVerdicts({ sandbox, stages, realNow }: LiveVerdictsProps): LiveVerdicts {
  const looks = new Map<string, Look>();
  const recorded = kept(versionOf, (execution: Execution) => {
    const { arn, account, name } = execution.machine;
    const stage = stages.get(arn)?.stage ?? name;
    return recordedExecution({ stage, account, execution }, sandbox.simulation.now(), new Cuts());
  });
  let lookedAt = -Infinity;
  let verdicts: readonly Verdict[] = [];
  return (executions, { all: decisions }) => {
    const real = realNow();
    if (real - lookedAt < lookEvery) return verdicts;
    lookedAt = real;
    const virtual = sandbox.simulation.now();
    const known = executions.map(recorded);
    const families = familiesOf(known);
    const now = { virtual, denials: decisions.denied.length };
    const due = families
      .filter((family) => isDue(looks.get(family.root.arn), family, now))
      .sort((one, other) => realOf(looks, one) - realOf(looks, other));
    const evidenceOf = liveEvidence({ sandbox, stages, executions, known, decisions });
    for (const { root, members } of due) {
      if (realNow() - real > mostMilliseconds) {
        lookedAt = -Infinity;
        break;
      }
      const verdict = verdictFrom(evidenceOf({ root, members }));
      const before = looks.get(root.arn)?.verdict;
      looks.set(root.arn, { members, ...now, real, verdict: before && areAlike(before, verdict) ? before : verdict });
    }
    forgetOthers(looks, families);
    const found = families.flatMap(({ root }) => looks.get(root.arn)?.verdict ?? []);
    if (!areSame(found, verdicts)) verdicts = found;
    return verdicts;
  };
}

const realOf = (looks: ReadonlyMap<string, Look>, { root }: RecordedFamily): number =>
  looks.get(root.arn)?.real ?? -Infinity;

function isDue(
  look: Look | undefined,
  { members }: RecordedFamily,
  { virtual, denials }: Pick<Look, 'virtual' | 'denials'>,
): boolean {
  if (!look || !areSame(members, look.members) || denials !== look.denials) return true;
  return virtual !== look.virtual && members.some(isOpen);
}

const areSame = <Item>(one: readonly Item[], other: readonly Item[]): boolean =>
  one.length === other.length && one.every((item, place) => item === other[place]);

const areAlike = (one: Verdict, other: Verdict): boolean => JSON.stringify(one) === JSON.stringify(other);

function forgetOthers(looks: Map<string, Look>, families: readonly RecordedFamily[]): void {
  const roots = new Set(families.map(({ root }) => root.arn));
  for (const arn of looks.keys()) if (!roots.has(arn)) looks.delete(arn);
}
