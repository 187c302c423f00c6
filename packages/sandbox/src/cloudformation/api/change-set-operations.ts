import { defined } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import type { ChangeSet } from '../stacks/change-set.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import { changeSetAt, changeSetNamed } from './change-set-named.ts';
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
import { createChangeSet } from './create-change-set.ts';
import { describeChangeSet } from './describe-change-set.ts';
import { actorOf } from './input.ts';
import { requestOf } from './stack-operations.ts';

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
