import type { ExecutionModel } from './executions.ts';
import { grouped } from './grouped.ts';
import { remembered } from './remembered.ts';
import type { Snapshot } from './snapshot.ts';
import { claimsOf, type VerdictModel } from './verdict.ts';
import { type ShownState, stateOfStatus } from './states.ts';

const byArn = remembered(
  (executions: readonly ExecutionModel[]): ReadonlyMap<string, ExecutionModel> =>
    new Map(executions.map((each) => [each.arn, each])),
);

/** Executions by the ARN of the one that started them. */
const startedBy = remembered((executions: readonly ExecutionModel[]) =>
  grouped(executions, ({ parent }) => parent?.arn),
);

/** The execution that started an execution, however many starts away; itself if none did. */
export function rootOf(executions: readonly ExecutionModel[], execution: ExecutionModel): ExecutionModel {
  const seen = new Set<string>();
  let root = execution;
  while (root.parent && !seen.has(root.arn)) {
    seen.add(root.arn);
    const parent = byArn(executions).get(root.parent.arn);
    if (!parent) break;
    root = parent;
  }
  return root;
}

/** An execution and all that it started, each after the one that started it. */
export function familyOf(executions: readonly ExecutionModel[], root: ExecutionModel): readonly ExecutionModel[] {
  const started = startedBy(executions);
  const seen = new Set<string>();
  const family: ExecutionModel[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next.arn)) continue;
    seen.add(next.arn);
    family.push(next);
    for (const child of started.get(next.arn)?.toReversed() ?? []) waiting.push(child);
  }
  return family;
}

/** Executions that a claim calls stuck. */
const stuckIn = remembered(
  (verdicts: readonly VerdictModel[]): ReadonlySet<string | null> =>
    new Set(
      claimsOf(verdicts)
        .filter(({ gravity, until }) => gravity === 'stuck' && until === null)
        .map(({ execution }) => execution),
    ),
);

/** Start of the first execution, in milliseconds since the epoch; the time of the models where there is none. */
export const firstStart = ({ executions, at }: Pick<Snapshot, 'executions' | 'at'>): number =>
  executions.reduce((first, { startedAt }) => Math.min(first, startedAt), at);

/** State of an execution at the time of the models: stuck while a claim says so. */
export const shownState = ({ arn, status }: ExecutionModel, verdicts: readonly VerdictModel[]): ShownState =>
  status === 'RUNNING' && stuckIn(verdicts).has(arn) ? 'stuck' : stateOfStatus(status);

const urgent: readonly ShownState[] = ['stuck', 'failed', 'timed out', 'aborted', 'running', 'waiting', 'succeeded'];

/** Place of a state in a list: what needs a person first, then what moves, then what is well. */
export const urgency = (state: ShownState): number => urgent.indexOf(state);

/** Runs that no other execution started, each with its state. */
export const statedRuns = remembered(
  ({ executions, verdicts }: Snapshot): readonly { readonly run: ExecutionModel; readonly state: ShownState }[] =>
    executions.filter(({ parent }) => parent === null).map((run) => ({ run, state: shownState(run, verdicts) })),
);
