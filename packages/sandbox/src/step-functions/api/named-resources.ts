import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import { placeOf } from '@crosswind/workflow/execution/identity';
import type { Activity } from '../runtime/activities.ts';
import type { Execution } from '../runtime/execution.ts';
import type { MapRun } from '../runtime/execution.ts';
import type { DeployedStateMachine } from '../runtime/state-machines.ts';
import { type ArnKind, checkArn } from './states-arn.ts';
import type { StatesApi } from './states-api.ts';
import { noActivity, noExecution, noMapRun, noStateMachine } from './states-error.ts';

/** The state machine that a request names, if the caller may take the action on it. */
export function stateMachineFor(api: StatesApi, call: AwsJsonCall, action: string, arn: string): DeployedStateMachine {
  ask(api, call, action, arn, ['stateMachine']);
  const machine = isHere(call, arn) ? api.stateMachines.get(arn) : undefined;
  if (machine) return machine;
  throw noStateMachine(arn);
}

/**
 * The execution that a request names, if the caller may take the action on it.
 * @param kinds Express executions have ARNs of a kind of their own, which most operations refuse
 */
export function executionFor(
  api: StatesApi,
  call: AwsJsonCall,
  action: string,
  arn: string,
  kinds: readonly ArnKind[] = ['execution'],
): Execution {
  ask(api, call, action, arn, kinds);
  const execution = isHere(call, arn) ? api.executions.get(arn) : undefined;
  if (execution) return execution;
  throw noExecution(arn);
}

/** The activity that a request names, if the caller may take the action on it. */
export function activityFor(api: StatesApi, call: AwsJsonCall, action: string, arn: string): Activity {
  ask(api, call, action, arn, ['activity']);
  const activity = isHere(call, arn) ? api.activities.get(arn) : undefined;
  if (activity) return activity;
  throw noActivity(arn);
}

/** The Map Run that a request names, if the caller may take the action on it. */
export function mapRunFor(api: StatesApi, call: AwsJsonCall, action: string, arn: string): MapRun {
  ask(api, call, action, arn, ['mapRun']);
  const mapRun = isHere(call, arn) ? api.executions.mapRun(arn) : undefined;
  if (mapRun) return mapRun;
  throw noMapRun(arn);
}

/** Who may not, does not learn whether the resource is there. */
function ask(
  { authorize }: StatesApi,
  call: AwsJsonCall,
  action: string,
  arn: string,
  kinds: readonly ArnKind[],
): void {
  checkArn(arn, kinds);
  permit(authorize, call, action, arn);
}

/** Every region knows its own resources only. */
const isHere = ({ region }: AwsJsonCall, arn: string): boolean => placeOf(arn).region === region;
