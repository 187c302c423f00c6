import { z } from 'zod';
import { objectOf } from '@crosswind/aws/json';
import { permit } from '../../aws-json/permit.ts';
import { type Json, type JsonObject, isArray, isObject } from '@crosswind/aws/json';
import type { DeployedStateMachine } from '../runtime/state-machines.ts';
import { executionFor, stateMachineFor } from './named-resources.ts';
import { pageOf } from './page.ts';
import { arn, includedData, maxResults, nextToken } from './request-fields.ts';
import { requested } from './requested.ts';
import { type StatesOperation, epochSeconds } from './states-api.ts';

const listRequest = z.object({ maxResults, nextToken });
const describeRequest = z.object({ stateMachineArn: arn, includedData });
const forExecutionRequest = z.object({ executionArn: arn, includedData });

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html */
export const listStateMachines: StatesOperation = (api, call) => {
  const page = requested(listRequest, call.body);
  permit(api.authorize, call, 'states:ListStateMachines', '*');
  const { region, principal } = call;
  const machines = api.stateMachines.of(principal.account, region);
  const { items, next } = pageOf(machines, { ...page, of: ['ListStateMachines', principal.account, region] });
  return { stateMachines: items.map(stateMachineSummary), ...next };
};

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export const describeStateMachine: StatesOperation = (api, call) => {
  const { stateMachineArn, includedData: included } = requested(describeRequest, call.body);
  const machine = stateMachineFor(api, call, 'states:DescribeStateMachine', stateMachineArn);
  return {
    ...stateMachineSummary(machine),
    status: 'ACTIVE',
    ...settingsOf(machine, included),
  };
};

/**
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html
 * For a child of a Map Run the definition is that of the whole state machine.
 */
export const describeStateMachineForExecution: StatesOperation = (api, call) => {
  const { executionArn, includedData: included } = requested(forExecutionRequest, call.body);
  const action = 'states:DescribeStateMachineForExecution';
  const { machine, dispatch } = executionFor(api, call, action, executionArn);
  return {
    stateMachineArn: dispatch?.stateMachineArn ?? machine.arn,
    name: machine.name,
    updateDate: epochSeconds(machine.createdAt),
    ...settingsOf(machine, included),
    ...(dispatch && { mapRunArn: dispatch.mapRunArn, label: dispatch.stateMachineArn.split('/').at(-1) ?? '' }),
  };
};

const settingsOf = (machine: DeployedStateMachine, included: 'ALL_DATA' | 'METADATA_ONLY'): JsonObject => ({
  definition: included === 'ALL_DATA' ? JSON.stringify(machine.definition) : '{}',
  roleArn: machine.roleArn,
  loggingConfiguration: { level: 'OFF', includeExecutionData: false, ...objectOf(uncapitalized(machine.logging)) },
  tracingConfiguration: { enabled: machine.traced },
});

const stateMachineSummary = ({ arn: stateMachineArn, name, type, createdAt }: DeployedStateMachine): JsonObject => ({
  stateMachineArn,
  name,
  type,
  creationDate: epochSeconds(createdAt),
});

/** The API spells the fields of CloudFormation with a small first letter. */
function uncapitalized(value: Json): Json {
  if (isArray(value)) return value.map(uncapitalized);
  if (!isObject(value)) return value;
  const fields = Object.entries(value).map(
    ([name, inner]) => [name.charAt(0).toLowerCase() + name.slice(1), uncapitalized(inner)] as const,
  );
  return Object.fromEntries(fields);
}
