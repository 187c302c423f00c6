import { type AwsJsonOperation, awsJsonService } from '../../aws-json/aws-json-service.ts';
import type { Service } from '../../endpoint.ts';
import { describeExecution } from './describe-execution.ts';
import { getExecutionHistory } from './execution-history.ts';
import { listExecutions } from './list-executions.ts';
import { describeMapRun, listMapRuns } from './map-runs.ts';
import { startExecution } from './start-execution.ts';
import { redriveExecution } from './redrive-execution.ts';
import {
  describeStateMachine,
  describeStateMachineForExecution,
  listStateMachines,
} from './state-machine-operations.ts';
import type { StatesApi, StatesOperation } from './states-api.ts';
import { stopExecution } from './stop-execution.ts';
import { updateMapRun } from './update-map-run.ts';
import { validateStateMachineDefinition } from './validate-definition.ts';

/** Every operation of Step Functions that the sandbox answers; all others are refused by name. */
export const STATES_OPERATIONS: ReadonlyMap<string, StatesOperation> = new Map([
  ['DescribeExecution', describeExecution],
  ['DescribeMapRun', describeMapRun],
  ['DescribeStateMachine', describeStateMachine],
  ['DescribeStateMachineForExecution', describeStateMachineForExecution],
  ['GetExecutionHistory', getExecutionHistory],
  ['ListExecutions', listExecutions],
  ['ListMapRuns', listMapRuns],
  ['ListStateMachines', listStateMachines],
  ['RedriveExecution', redriveExecution],
  ['StartExecution', startExecution],
  ['StopExecution', stopExecution],
  ['UpdateMapRun', updateMapRun],
  ['ValidateStateMachineDefinition', validateStateMachineDefinition],
]);

/** Step Functions over HTTP for the SDK and the AWS CLI; what each caller may do is decided by the deployed policies. */
export function stepFunctionsService(api: StatesApi): Service {
  const operations = [...STATES_OPERATIONS].map(
    ([name, operation]) => [name, (call) => operation(api, call)] satisfies [string, AwsJsonOperation],
  );
  return awsJsonService({
    title: 'Step Functions',
    signingName: 'states',
    target: 'AWSStepFunctions',
    version: '1.0',
    operations: new Map(operations),
  });
}
