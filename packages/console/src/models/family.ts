import type { ExecutionModel } from './executions.ts';
import type { VerdictModel } from './verdict.ts';
import { type ShownState, stateOfStatus } from './states.ts';

/** The execution that started an execution, however many starts away; itself if none did. */
export function rootOf(executions: readonly ExecutionModel[], execution: ExecutionModel): ExecutionModel {
  const byArn = new Map(executions.map((each) => [each.arn, each]));
  const seen = new Set<string>();
  let root = execution;
  while (root.parent && !seen.has(root.arn)) {
    seen.add(root.arn);
    const parent = byArn.get(root.parent.arn);
    if (!parent) break;
    root = parent;
  }
  return root;
}

/** An execution and all that it started, each after the one that started it. */
export function familyOf(
  executions: readonly ExecutionModel[],
  root: ExecutionModel,
  seen = new Set<string>(),
): readonly ExecutionModel[] {
  if (seen.has(root.arn)) return [];
  seen.add(root.arn);
  const started = executions.filter(({ parent }) => parent?.arn === root.arn);
  return [root, ...started.flatMap((each) => familyOf(executions, each, seen))];
}

/** State of an execution at the time of the models: stuck while a claim says so. */
export function shownState({ arn, status }: ExecutionModel, { claims }: VerdictModel): ShownState {
  const isStuck = claims.some(
    ({ gravity, execution, until }) => gravity === 'stuck' && execution === arn && until === null,
  );
  return isStuck && status === 'RUNNING' ? 'stuck' : stateOfStatus(status);
}

const urgent: readonly ShownState[] = ['stuck', 'failed', 'timed out', 'aborted', 'running', 'waiting', 'succeeded'];

/** Place of a state in a list: what needs a person first, then what moves, then what is well. */
export const urgency = (state: ShownState): number => urgent.indexOf(state);
