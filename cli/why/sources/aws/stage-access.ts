import type { SFNClient } from '@aws-sdk/client-sfn';
import { type WorkloadAddress, stateMachineArn } from '../../../../blocks/workflow/address.ts';
import { type AwsRequest, sendSigned } from '../../../aws/signed-request.ts';
import type { RunnerClients } from '../../../run/runner-clients.ts';

/** A stage of the tenant, as its runner role sees it. */
export interface StageAccess {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  readonly stateMachineArn: string;
  readonly client: SFNClient;
  /** Sends a request to a service whose client is not installed. */
  readonly send: (request: Omit<AwsRequest, 'region'>) => Promise<string>;
}

/** Access to every stage of a tenant. */
export const accessTo = (
  address: WorkloadAddress,
  clients: RunnerClients,
  endpoint: string | undefined,
): readonly StageAccess[] =>
  Object.entries(address.accounts).map(([stage, account]) => {
    const client = clients.of(stage);
    const { region } = address;
    return {
      stage,
      account,
      region,
      stateMachineArn: stateMachineArn(address, stage),
      client,
      send: (request) => sendSigned(client, { ...request, region }, endpoint),
    };
  });

/** The stage that an execution belongs to, by the state machine in its ARN. */
export const stageOfExecution = (stages: readonly StageAccess[], arn: string): StageAccess | undefined =>
  stages.find(({ stateMachineArn: machine }) => {
    const start = machine.replace(':stateMachine:', ':execution:');
    const express = machine.replace(':stateMachine:', ':express:');
    return [start, express].some((prefix) => arn.startsWith(`${prefix}:`) || arn.startsWith(`${prefix}/`));
  });

/** Calls an operation of a service that speaks JSON. */
export async function callJson<Answer>(
  { send }: StageAccess,
  { service, target, version }: { readonly service: string; readonly target: string; readonly version: '1.0' | '1.1' },
  body: object,
): Promise<Answer> {
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target };
  return JSON.parse(await send({ service, headers, body: JSON.stringify(body) })) as Answer;
}
