import { randomUUID } from 'node:crypto';
import { defined, type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import { DeploymentRefused } from '../refusal.ts';
import type { ChangeSet } from '../stacks/change-set.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import { updatable } from '../stacks/statuses.ts';
import {
  answered,
  type CloudFormationApi,
  type CloudFormationOperation,
  placeOf,
  required,
  seconds,
  stackArn,
  validationError,
} from './cloudformation-api.ts';
import { changeOf } from './change-shown.ts';
import { parametersOf } from './describe-operations.ts';
import { actorOf, inputOf } from './input.ts';
import { checkName, requestOf, roleIn } from './stack-operations.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
const createChangeSet: CloudFormationOperation = async (api, call) => {
  const { body } = call;
  const stackName = required(call, 'StackName');
  const name = required(call, 'ChangeSetName');
  checkName(name, 'changeSetName');
  const { stacks } = api.cloudFormation;
  const found = stacks.find(placeOf(call), stackName);
  permit(api.authorize, call, 'cloudformation:CreateChangeSet', found?.id ?? stackArn(call, stackName));
  const type = textOf(body['ChangeSetType'] ?? 'UPDATE');
  if (type !== 'CREATE' && type !== 'UPDATE')
    throw new AwsJsonError('NotImplemented', `the sandbox makes no change sets of type ${type}`, 501);
  checkTarget(found, stackName, type);
  const input = await inputOf(api, call, found);
  const roleArn = roleIn(body);
  if (roleArn !== undefined) actorOf(api, call, {}, roleArn);
  const stack = found ?? newStack(api, call, stackName);
  if (stack.changeSets.has(name))
    throw new AwsJsonError(
      'AlreadyExistsException',
      `ChangeSet ${name} cannot be created due to a mismatch with existing attribute State`,
    );
  const id = stack.id.replace(/:stack\/.*/, `:changeSet/${name}/${randomUUID()}`);
  const planned = {
    id,
    name,
    type,
    input,
    roleArn,
    createdAt: api.now(),
    clientToken: textOf(body['ClientToken'] ?? ''),
    onStackFailure: onStackFailureOf(body, type),
  } as const;
  stack.changeSets.set(name, {
    ...planned,
    description: body['Description'] === undefined ? undefined : textOf(body['Description']),
    ...outcome(api, stack, planned),
  });
  return { Id: id, StackId: stack.id };
};

function onStackFailureOf({ OnStackFailure: asked }: JsonObject, type: ChangeSet['type']): ChangeSet['onStackFailure'] {
  if (asked === undefined) return undefined;
  if (asked !== 'DELETE' && asked !== 'DO_NOTHING' && asked !== 'ROLLBACK') {
    throw validationError(`OnStackFailure must be one of DELETE, DO_NOTHING, ROLLBACK, got ${textOf(asked)}`);
  }
  if (asked === 'DELETE' && type !== 'CREATE') {
    throw validationError('OnStackFailure DELETE is only valid for a change set of type CREATE');
  }
  return asked;
}

function checkTarget(found: DeployedStack | undefined, name: string, type: ChangeSet['type']): void {
  if (type === 'UPDATE' && (!found || found.status === 'REVIEW_IN_PROGRESS'))
    throw validationError(`Stack [${name}] does not exist`);
  if (type === 'CREATE' && found && found.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(`Stack [${name}] already exists and cannot be created again with the changeSet [${name}].`);
  }
  if (found && found.status !== 'REVIEW_IN_PROGRESS' && !updatable.has(found.status))
    throw validationError(`Stack:${found.id} is in ${found.status} state and can not be updated.`);
}

function newStack(api: CloudFormationApi, call: AwsJsonCall, name: string): DeployedStack {
  checkName(name);
  const stack = api.cloudFormation.stacks.add(placeOf(call), name, api.now());
  stack.events.push({
    id: randomUUID(),
    at: api.now(),
    logicalId: name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status: 'REVIEW_IN_PROGRESS',
    reason: 'User Initiated',
  });
  return stack;
}

/** AWS's reason for a change set without changes. */
const nothing =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

function outcome(
  api: CloudFormationApi,
  stack: DeployedStack,
  { input, type }: Pick<ChangeSet, 'input' | 'type'>,
): Pick<ChangeSet, 'status' | 'statusReason' | 'executionStatus' | 'changes'> {
  try {
    const { changes, isSame } = api.cloudFormation.compared(stack, input);
    if (type === 'UPDATE' && isSame)
      return { status: 'FAILED', statusReason: nothing, executionStatus: 'UNAVAILABLE', changes: [] };
    return { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', changes };
  } catch (error) {
    if (!(error instanceof DeploymentRefused)) throw error;
    return { status: 'FAILED', statusReason: error.message, executionStatus: 'UNAVAILABLE', changes: [] };
  }
}

function changeSetAt(
  api: CloudFormationApi,
  call: AwsJsonCall,
  action: string,
): { readonly stack: DeployedStack; readonly changeSet: ChangeSet } {
  const { stack, changeSet } = changeSetNamed(api, call, action);
  if (stack && changeSet) return { stack, changeSet };
  throw new AwsJsonError('ChangeSetNotFound', `ChangeSet [${required(call, 'ChangeSetName')}] does not exist`, 404);
}

function changeSetNamed(
  api: CloudFormationApi,
  call: AwsJsonCall,
  action: string,
): { readonly stack?: DeployedStack; readonly changeSet?: ChangeSet } {
  const name = required(call, 'ChangeSetName');
  const { stacks } = api.cloudFormation;
  const { StackName: stackName } = call.body;
  const isId = name.startsWith('arn:');
  if (!isId && stackName === undefined)
    throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
  const all = isId ? stacks.all(placeOf(call)) : [stacks.find(placeOf(call), textOf(stackName))];
  const stack = all.find((each) => each && (!isId || [...each.changeSets.values()].some(({ id }) => id === name)));
  permit(api.authorize, call, `cloudformation:${action}`, stack?.id ?? stackArn(call, textOf(stackName ?? '*')));
  if (!stack && !isId) throw validationError(`Stack [${textOf(stackName)}] does not exist`);
  const changeSet = [...(stack?.changeSets.values() ?? [])].find((each) => each.id === name || each.name === name);
  return { ...(stack && { stack }), ...(changeSet && { changeSet }) };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
const describeChangeSet: CloudFormationOperation = (api, call) => {
  const { stack, changeSet } = changeSetAt(api, call, 'DescribeChangeSet');
  const withValues = call.body['IncludePropertyValues'] === true;
  return defined({
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    Parameters: parametersOf(changeSet.input),
    CreationTime: seconds(changeSet.createdAt),
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    NotificationARNs: [],
    RollbackConfiguration: {},
    Capabilities: [...changeSet.input.capabilities],
    Tags: Object.entries(changeSet.input.tags).map(([Key, Value]) => ({ Key, Value })),
    OnStackFailure: changeSet.onStackFailure,
    Changes: changeSet.changes.map((change) => ({ Type: 'Resource', ResourceChange: changeOf(change, withValues) })),
    IncludeNestedStacks: false,
  });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
const executeChangeSet: CloudFormationOperation = (api, call) => {
  const { stack, changeSet } = changeSetAt(api, call, 'ExecuteChangeSet');
  const { body } = call;
  if (changeSet.executionStatus !== 'AVAILABLE') {
    const message = `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`;
    throw new AwsJsonError('InvalidChangeSetStatus', message);
  }
  const actor = actorFor(api, call, stack, changeSet);
  const request = requestOf(body, actor);
  const { onStackFailure } = changeSet;
  if (onStackFailure !== undefined && body['DisableRollback'] !== undefined) {
    throw validationError('You cannot specify DisableRollback for a change set with OnStackFailure');
  }
  const keeps = body['DisableRollback'] === true || onStackFailure === 'DO_NOTHING';
  if (changeSet.type === 'CREATE') {
    // DO_NOTHING is the same as to disable the rollback ("CreateChangeSet", OnStackFailure).
    stack.disableRollback = keeps;
    const onFailure = keeps ? 'DO_NOTHING' : (onStackFailure ?? 'ROLLBACK');
    void answered(() => api.cloudFormation.create(stack, changeSet.input, onFailure, request));
  } else void answered(() => api.cloudFormation.update(stack, changeSet.input, keeps, request));
  stack.roleArn = changeSet.roleArn ?? stack.roleArn;
  // The others no longer describe the stack.
  stack.changeSets.clear();
  return {};
};

/** The role was handed over when the change set was created. */
function actorFor(api: CloudFormationApi, call: AwsJsonCall, stack: DeployedStack, { roleArn }: ChangeSet) {
  return actorOf(api, call, { roleArn: roleArn ?? stack.roleArn }, undefined);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html */
const deleteChangeSet: CloudFormationOperation = (api, call) => {
  const { stack, changeSet } = changeSetNamed(api, call, 'DeleteChangeSet');
  // Deleting what is gone is no error.
  if (changeSet) stack?.changeSets.delete(changeSet.name);
  return {};
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListChangeSets.html */
const listChangeSets: CloudFormationOperation = (api, call) => {
  const name = required(call, 'StackName');
  const stack = api.cloudFormation.stacks.find(placeOf(call), name);
  permit(api.authorize, call, 'cloudformation:ListChangeSets', stack?.id ?? stackArn(call, name));
  if (!stack) throw validationError(`Stack [${name}] does not exist`);
  return {
    Summaries: [...stack.changeSets.values()].map((each) =>
      defined({
        StackId: stack.id,
        StackName: stack.name,
        ChangeSetId: each.id,
        ChangeSetName: each.name,
        ExecutionStatus: each.executionStatus,
        Status: each.status,
        StatusReason: each.statusReason,
        CreationTime: seconds(each.createdAt),
      }),
    ),
  };
};

export const changeSetOperations: readonly (readonly [string, CloudFormationOperation])[] = [
  ['CreateChangeSet', createChangeSet],
  ['DescribeChangeSet', describeChangeSet],
  ['ExecuteChangeSet', executeChangeSet],
  ['DeleteChangeSet', deleteChangeSet],
  ['ListChangeSets', listChangeSets],
];
