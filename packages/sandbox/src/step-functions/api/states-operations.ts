import { describeActivity, listActivities } from './activity-operations.ts';
import { admitting } from './admit.ts';
import { describeExecution } from './describe-execution.ts';
import { getExecutionHistory } from './execution-history.ts';
import { listExecutions } from './list-executions.ts';
import { describeMapRun, listMapRuns } from './map-runs.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './send-task.ts';
import { startExecution } from './start-execution.ts';
import { redriveExecution } from './redrive-execution.ts';
import {
  describeStateMachine,
  describeStateMachineForExecution,
  listStateMachines,
} from './state-machine-operations.ts';
import type { StatesOperation } from './states-api.ts';
import { stopExecution } from './stop-execution.ts';
import { updateMapRun } from './update-map-run.ts';

const operations: readonly (readonly [string, StatesOperation])[] = [
  ['DescribeActivity', describeActivity],
  ['DescribeExecution', describeExecution],
  ['DescribeMapRun', describeMapRun],
  ['DescribeStateMachine', describeStateMachine],
  ['DescribeStateMachineForExecution', describeStateMachineForExecution],
  ['GetExecutionHistory', getExecutionHistory],
  ['ListActivities', listActivities],
  ['ListExecutions', listExecutions],
  ['ListMapRuns', listMapRuns],
  ['ListStateMachines', listStateMachines],
  ['RedriveExecution', redriveExecution],
  ['SendTaskFailure', sendTaskFailure],
  ['SendTaskHeartbeat', sendTaskHeartbeat],
  ['SendTaskSuccess', sendTaskSuccess],
  ['StartExecution', startExecution],
  ['StopExecution', stopExecution],
  ['UpdateMapRun', updateMapRun],
];

/** The operations of Step Functions that are answered at once, over HTTP and to tasks of `aws-sdk:sfn`. */
export const STATES_OPERATIONS: ReadonlyMap<string, StatesOperation> = new Map(
  operations.map(([name, operation]) => [name, admitting(name, operation)]),
);
