import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { StatesApi, StatesOperation } from './states-api.ts';

/** Refuses a call beyond what its account may call of an operation; the SDKs try again ("Quotas related to API action throttling"). */
export function admit(
  { throttling, stateMachines }: StatesApi,
  name: string,
  { principal, region, body }: AwsJsonCall,
): void {
  const place = { account: principal.account, region };
  const { stateMachineArn } = body;
  const machine = typeof stateMachineArn === 'string' ? stateMachines.get(stateMachineArn) : undefined;
  const isStart = name === 'StartExecution';
  const admitted = isStart
    ? throttling.admitsStart(place, machine?.type ?? 'STANDARD')
    : throttling.admits(place, name);
  if (!admitted) throw new AwsJsonError('ThrottlingException', 'Rate exceeded');
}

/** Adds throttling to an operation, for calls over HTTP and for tasks of `aws-sdk:sfn`. */
export const admitting =
  (name: string, operation: StatesOperation): StatesOperation =>
  (api, call) => {
    admit(api, name, call);
    return operation(api, call);
  };
