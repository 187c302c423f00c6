import type { HistoryEvent } from '@crosswind/workflow/execution/history';
import type { MapRunState } from '@crosswind/workflow/map-run/state';
import { attemptsOf, type BatchAttempts } from './attempts.ts';
import { type FailedTask, failedTasksIn } from './failed-tasks.ts';

/** A batch of a Map Run: the attempts at its child execution, and the tasks that failed in it. */
export interface Batch extends BatchAttempts {
  /** ARN of the child execution. */
  readonly arn: string;
  readonly failedTasks: readonly FailedTask[];
}

/** Child execution of a Map Run. */
interface Child {
  readonly arn: string;
  readonly dispatch?: { readonly index: number };
  readonly history: readonly HistoryEvent[];
  readonly failedTasks?: readonly FailedTask[];
}

/** Every batch that was started, in their order. */
export function batchesOf(state: MapRunState, children: readonly Child[]): readonly Batch[] {
  const byIndex = new Map(children.map((child) => [child.dispatch?.index, child]));
  return attemptsOf(state).map((batch) => {
    const child = byIndex.get(batch.index);
    return { ...batch, arn: child?.arn ?? '', failedTasks: child ? failedTasksOf(child) : [] };
  });
}

const failedTasksOf = ({ failedTasks = [], history }: Child): readonly FailedTask[] => [
  ...failedTasks,
  ...failedTasksIn(history),
];
