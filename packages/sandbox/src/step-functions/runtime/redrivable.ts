import { MAX_HISTORY_EVENTS } from '@crosswind/workflow/limits';
import { type Execution, statusOf } from './execution.ts';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1_000;

/** How long after its end an execution can be redriven (redrive-executions). */
const REDRIVABLE_MILLISECONDS = 14 * DAY_MILLISECONDS;

/** How long an execution may be open (service-quotas). */
const LONGEST_MILLISECONDS = 365 * DAY_MILLISECONDS;

/** Room for `ExecutionRedriven` and one event more (redrive-executions). */
const MAX_EVENTS_BEFORE = MAX_HISTORY_EVENTS - 1;

/**
 * Why an execution cannot be redriven, in the words of `redriveStatusReason`; nothing when it can be.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
export function redriveObstacle(execution: Execution, now: number): string | undefined {
  const { startedAt, stoppedAt = now, history, type } = execution;
  const status = statusOf(execution);
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (type === 'EXPRESS') return undefined;
  if (history.length >= MAX_EVENTS_BEFORE) return 'Execution history event limit exceeded';
  if (now - startedAt > LONGEST_MILLISECONDS) return 'Execution has exceeded the max execution time';
  return now - stoppedAt > REDRIVABLE_MILLISECONDS ? 'Execution redrivable period exceeded' : undefined;
}
